using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlexiAI;

/// <summary>What an operator sees and does over HTTP.</summary>
internal static class StatusEndpoints
{
    /// <summary>Maps the endpoints. The services <see cref="FlexiClient"/> and <see cref="StatusFeed"/> must exist.</summary>
    /// <returns>The group of all of them, for filters and metadata.</returns>
    public static RouteGroupBuilder MapStatus(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        group.AddEndpointFilter(new SameOriginFilter());
        group.MapGet("/status", (HttpContext context) => Status(context));
        group.MapGet("/stats", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(Feed(context).ReadStats(), StatusJson.Default.StatsReport);
        });
        group.MapGet("/events", EventsAsync);
        group.MapPost("/circuits/reset", (HttpContext context) =>
        {
            Client(context).ResetCircuitBreakers();
            return Done(context);
        });
        group.MapPost("/circuits/{name}/reset", (HttpContext context) => OnProvider(context, (client, name) => client.ResetCircuitBreakers(name)));
        group.MapPost("/circuits/{name}/isolate", (HttpContext context) => OnProvider(context, (client, name) => client.IsolateProvider(name)));
        group.MapPost("/providers/{name}/promote", (HttpContext context) => OnProvider(context, (client, name) => client.SetPrimaryProvider(name)));
        group.MapPost("/faults/{name}/fail", (HttpContext context) => OnSimulated(context, (faults, name) => faults.Fail(name)));
        group.MapPost("/faults/{name}/release", (HttpContext context) => OnSimulated(context, (faults, name) => faults.Release(name)));
        return group;
    }

    private static IResult OnProvider(HttpContext context, Action<FlexiClient, string> act)
    {
        var client = Client(context);
        return OnNamed(context, client.GetProviderStatus().Select(provider => provider.Name), name => act(client, name));
    }

    private static IResult OnSimulated(HttpContext context, Action<IFaultSwitch, string> act)
    {
        var faults = context.RequestServices.GetService<IFaultSwitch>();
        return OnNamed(context, faults?.Providers ?? [], name => act(faults!, name));
    }

    private static IResult OnNamed(HttpContext context, IEnumerable<string> allowed, Action<string> act)
    {
        var asked = PathNames.Read(context);
        string[] names = [.. allowed];
        if (Array.Find(names, name => string.Equals(name, asked, StringComparison.OrdinalIgnoreCase)) is not { } name)
        {
            return TypedResults.Json(StatusProblem.UnknownProvider(asked, names), StatusJson.Default.StatusProblem, statusCode: StatusCodes.Status404NotFound);
        }

        act(name);
        return Done(context);
    }

    private static JsonHttpResult<StatusReport> Done(HttpContext context)
    {
        Feed(context).ReportChange();
        return Status(context);
    }

    private static JsonHttpResult<StatusReport> Status(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(Feed(context).ReadStatus(), StatusJson.Default.StatusReport);
    }

    private static async Task EventsAsync(HttpContext context)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var stream = new EventStream(context.Response);
        stream.Begin();
        try
        {
            await new EventLoop(Feed(context), context.RequestServices.GetRequiredService<TimeProvider>(), stream).RunAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The watcher has left or the gateway ends: the stream ends with it, whole as far as it goes.
        }
    }

    private static FlexiClient Client(HttpContext context) => context.RequestServices.GetRequiredService<FlexiClient>();

    private static StatusFeed Feed(HttpContext context) => context.RequestServices.GetRequiredService<StatusFeed>();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>What orchestrators ask: whether the process lives, and whether it is of use now. Nothing else is told, so no key is asked for.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/healthz", Methods, static context => TellAsync(context, StatusCodes.Status200OK, "alive")).AllowWithoutKey();
        endpoints.MapMethods("/readyz", Methods, ReadyAsync).AllowWithoutKey();
    }

    private static Task ReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<GatewayDrain>().Draining.IsCancellationRequested)
        {
            return TellAsync(context, StatusCodes.Status503ServiceUnavailable, "draining");
        }

        return services.GetRequiredService<FlexiClient>().AnyProviderAdmits
            ? TellAsync(context, StatusCodes.Status200OK, "ready")
            : TellAsync(context, StatusCodes.Status503ServiceUnavailable, "not_ready");
    }

    private static async Task TellAsync(HttpContext context, int status, string word)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync($$"""{"status":"{{word}}"}""", context.RequestAborted).ConfigureAwait(false);
    }
}

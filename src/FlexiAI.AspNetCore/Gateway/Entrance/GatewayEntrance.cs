using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>What every request to the gateway passes: key, drain, limit; and where what went wrong inside becomes the caller's error.</summary>
internal sealed class GatewayEntrance(
    IOptions<GatewayOptions> options,
    GatewayAccess access,
    GatewayDrain drain,
    GatewayDoor door,
    GatewayErrors errors,
    ILogger<GatewayEntrance> log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task PassAsync(HttpContext context, EntranceRules rules, RequestDelegate next)
    {
        var request = GatewayRequest.Of(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.Value.MaxRequestBodySize;
        }

        try
        {
            if (access.Check(context, rules.Access, out var keyId) is { } refusal)
            {
                throw new GatewayException(refusal);
            }

            request.KeyId = keyId;
            if (HasTwoLengths(context.Request))
            {
                throw Ambiguous();
            }

            using var stay = rules.Access == AccessLevel.Anyone ? null : drain.Enter() ?? throw Stopping();
            using var place = rules.IsLimited ? door.Enter() ?? throw Full() : null;
            await next(context).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            await RefuseAsync(context, e).ConfigureAwait(false);
        }
        catch (WireException e)
        {
            var error = new WireError(StatusCodes.Status400BadRequest, "invalid_request", e.Message) { Param = e.Param };
            await RefuseAsync(context, new(error)).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody is left to be told.
        }
        catch (Exception e)
        {
            // The message may repeat what the caller sent, so only the place is logged.
            GatewayLog.Failed(log, Route(context), GatewayRequest.Of(context).Id, e.GetType().Name, e.StackTrace);
            await RefuseAsync(context, new(new(StatusCodes.Status500InternalServerError, "internal_error", "The gateway failed at this request."))).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(HttpContext context, GatewayException refusal)
    {
        if (refusal.Error.Status is not StatusCodes.Status500InternalServerError)
        {
            GatewayLog.Refused(log, Route(context), refusal.Error.Status, refusal.Error.Code, GatewayRequest.Of(context).Id);
        }

        if (context.Response.HasStarted)
        {
            // A reply that has begun cannot become an error any more, and must not look whole.
            context.Abort();
            return;
        }

        if (refusal.ClosesConnection && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        try
        {
            await errors.WriteAsync(context, refusal.Error, refusal.RetryAfter).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller has gone.
        }
    }

    private GatewayException Full() => new(new(
        StatusCodes.Status429TooManyRequests, "too_many_requests", $"The gateway is busy with as many requests as it may run at once; allowed: {door.Limit}."))
    {
        RetryAfter = Soon,
    };

    // Kestrel goes by the chunks and sets the length aside under this name. A proxy before it may have gone by the length.
    private static bool HasTwoLengths(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && (request.Headers.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"));

    private static GatewayException Ambiguous() =>
        new(new(StatusCodes.Status400BadRequest, "ambiguous_length", "The request has a Transfer-Encoding and a Content-Length; allowed: one of them."))
        {
            ClosesConnection = true,
        };

    private static GatewayException Stopping() =>
        new(new(StatusCodes.Status503ServiceUnavailable, "shutting_down", "The gateway is stopping. Another one may answer."))
        {
            RetryAfter = Soon,
            ClosesConnection = true,
        };

    // The pattern is the application's text, never the caller's.
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlexiAI;

/// <summary>
/// Refuses what another site's page asks a browser to post here: without an admin key on the loopback address, nothing else would stop it.
/// </summary>
internal sealed class SameOriginFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsPost(context.HttpContext.Request.Method) && IsForeign(context.HttpContext.Request)
            ? ValueTask.FromResult<object?>(Refusal())
            : next(context);

    // Browsers send one or both; programs send neither. Fetch Metadata knows the scheme too, which a proxy may have changed.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site, ..]
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin is [{ } origin, ..]
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static JsonHttpResult<StatusProblem> Refusal() =>
        TypedResults.Json(StatusProblem.ForeignOrigin(), StatusJson.Default.StatusProblem, statusCode: StatusCodes.Status403Forbidden);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FlexiAI;

/// <summary>
/// Serves the dashboard's page and its files. They hold nothing secret and need no key: the page asks for one when <c>/status</c> does.
/// </summary>
internal static class DashboardEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the page and its files; it expects the endpoints of <see cref="StatusEndpoints"/> beside it.</summary>
    /// <returns>The group of all of them, for filters and metadata.</returns>
    public static RouteGroupBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        group.MapMethods("/", Methods, (HttpContext context) => Page(context));
        group.MapMethods("/dashboard/{**path}", Methods, (HttpContext context, string? path) => Asset(context, path ?? ""));
        return group;
    }

    // The page's links are relative, so that it works under any prefix; without the slash they would miss the prefix.
    private static IResult Page(HttpContext context) =>
        (context.Request.PathBase + context.Request.Path).Value is [.., '/']
            ? Asset(context, DashboardAssets.Page)
            : TypedResults.LocalRedirect($"~{context.Request.Path}/");

    private static IResult Asset(HttpContext context, string path)
    {
        DashboardHeaders.Write(context.Response.Headers);
        return DashboardAssets.Find(path) is { } asset
            ? TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: asset.Tag)
            : TypedResults.NotFound();
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlexiAI;

/// <summary>Reads a provider's name from a path such as <c>/circuits/{name}/reset</c>.</summary>
internal static class PathNames
{
    /// <summary>
    /// The segment before the last, decoded. Read from the request line: routing leaves <c>%2F</c> encoded and decodes <c>%252F</c> to the
    /// same, so that names with a slash could not be told from names with a percent sign.
    /// </summary>
    public static string Read(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var segments = raw?.Split('?')[0].TrimEnd('/').Split('/');
        return segments is [.., var name, _] ? Uri.UnescapeDataString(name) : (string?)context.Request.RouteValues["name"] ?? "";
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>
/// Guards an endpoint that asks for no key: it serves programs of this machine, never a page that a browser here has open from elsewhere,
/// whether that page sends a request itself or has its own host's name lead here (DNS rebinding).
/// </summary>
internal static class OpenDoor
{
    public static WireError? Check(HttpContext context)
    {
        // A socket of the file system has no address. Whoever may open it is on this machine.
        if (context.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return new(StatusCodes.Status403Forbidden, "key_required", "Without keys in Gateway:ClientKeys the gateway serves loopback addresses alone.");
        }

        if (!LoopbackHost.IsLoopback(context.Request.Host.Host))
        {
            return new(StatusCodes.Status403Forbidden, "host_not_allowed", "Without a key the Host header must name this machine: localhost, 127.0.0.1 or [::1].");
        }

        return IsFromAnotherSite(context.Request)
            ? new(StatusCodes.Status403Forbidden, "cross_origin", "A page of another origin may not call the gateway.")
            : null;
    }

    private static bool IsFromAnotherSite(HttpRequest request)
    {
        var headers = request.Headers;
        var own = $"{request.Scheme}://{request.Host.Value}";
        if (headers.Origin.Count > 0 && !string.Equals(headers.Origin.ToString(), own, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // Following a link to the dashboard is harmless: the page that has the link does not see what it leads to.
        return headers["Sec-Fetch-Site"] is { Count: > 0 } site
            && site.ToString() is not ("same-origin" or "none")
            && !(HttpMethods.IsGet(request.Method) && headers["Sec-Fetch-Mode"].ToString() == "navigate" && headers["Sec-Fetch-Dest"].ToString() == "document");
    }
}

using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>The headers that keep the dashboard from loading, running or being framed by anything else.</summary>
internal static class DashboardHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // A new version of the gateway is a new page at once; the tag spares the transfer.
        headers.CacheControl = "no-cache";
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FlexiAI;

/// <summary>Refuses bodies that are not plain JSON. Nothing is ever unpacked, so nothing can unpack to more than was sent.</summary>
internal static class BodyType
{
    public static void ThrowIfNotAllowed(HttpRequest request, bool anyType)
    {
        var encoding = request.Headers.ContentEncoding;
        if (encoding.Count > 0 && !string.Equals(encoding.ToString(), "identity", StringComparison.OrdinalIgnoreCase))
        {
            throw NotAllowed("The Content-Encoding of the request is not accepted; allowed: identity, that is, a body that is not compressed.");
        }

        var type = request.Headers.ContentType;
        if (!anyType && type.Count > 0 && !IsJson(type.ToString()))
        {
            throw NotAllowed("The Content-Type of the request is not accepted; allowed: application/json, in UTF-8.");
        }
    }

    private static bool IsJson(string type) =>
        type == "application/json" || (MediaTypeHeaderValue.TryParse(type, out var parsed)
        && (parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!parsed.Charset.HasValue || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    private static GatewayException NotAllowed(string message) =>
        new(new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", message));
}

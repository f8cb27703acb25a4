using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FlexiAI.Testing;

/// <summary>A request as it came off the socket.</summary>
internal sealed record RawRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body, JsonElement? Json)
{
    public static async Task<RawRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RawRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value ?? "",
            headers,
            body,
            Parse(body));
    }

    private static JsonElement? Parse(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

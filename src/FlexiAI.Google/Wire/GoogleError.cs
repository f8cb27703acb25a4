using System.Text.Json;

namespace FlexiAI;

/// <summary>The error object of Google's APIs (google.rpc.Status).</summary>
internal sealed record GoogleError(int? Code, string? Status, string? Message)
{
    /// <summary>The error in a body, or null if the body holds none.</summary>
    public static GoogleError? Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;

            // Without alt=sse a streamed error comes as an array of one.
            root = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error))
            {
                return null;
            }

            return error.ValueKind == JsonValueKind.Object
                ? new GoogleError(Number(error, "code"), Text(error, "status"), Text(error, "message"))
                : new GoogleError(null, null, error.ToString());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The HTTP status that goes with a canonical code, as google.rpc.Code maps them; null for words that are not one.</summary>
    public static int? CodeOf(string? status) => status switch
    {
        "INVALID_ARGUMENT" or "FAILED_PRECONDITION" or "OUT_OF_RANGE" => 400,
        "UNAUTHENTICATED" => 401,
        "PERMISSION_DENIED" => 403,
        "NOT_FOUND" => 404,
        "ABORTED" or "ALREADY_EXISTS" => 409,
        "RESOURCE_EXHAUSTED" => 429,
        "CANCELLED" => 499,
        "INTERNAL" or "UNKNOWN" or "DATA_LOSS" => 500,
        "UNIMPLEMENTED" => 501,
        "UNAVAILABLE" => 503,
        "DEADLINE_EXCEEDED" => 504,
        _ => null,
    };

    private static int? Number(JsonElement error, string property) =>
        error.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 400
            ? number
            : null;

    private static string? Text(JsonElement error, string property) =>
        error.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

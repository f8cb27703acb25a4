using System.Globalization;
using System.Text.Json;

namespace FlexiAI;

/// <summary>A reply that began with status 200 is, or ends in, an error.</summary>
internal sealed class ErrorInReplyException : Exception
{
    private ErrorInReplyException(JsonElement error)
        : base($"The reply is an error: {(error.ValueKind == JsonValueKind.String ? error.GetString() : Text(error, "message") ?? error.GetRawText())}")
    {
        Body = $$"""{"error":{{error.GetRawText()}}}""";
        Status = StatusOf(error);
    }

    /// <summary>The error as the body of a reply with an error's status would hold it.</summary>
    public string Body { get; }

    /// <summary>The status that the reply would have had, if the error says or implies one.</summary>
    public int? Status { get; }

    /// <summary>The status that an error within a reply implies, if any.</summary>
    /// <param name="body">The error as the body of a reply with an error's status would hold it.</param>
    public static int? StatusIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("error", out var error) ? StatusOf(error) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static void ThrowIfError(JsonElement error)
    {
        // Some servers send "error": null with every good chunk.
        if (error.ValueKind == JsonValueKind.Object || (error.ValueKind == JsonValueKind.String && error.GetString() is not ""))
        {
            throw new ErrorInReplyException(error);
        }
    }

    private static int? StatusOf(JsonElement error) =>
        Number(error, "code") ?? Number(error, "status") ?? OpenAIFailures.StatusOf(Text(error, "code")) ?? OpenAIFailures.StatusOf(Text(error, "type"));

    private static string? Text(JsonElement error, string property) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement error, string property) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(property, out var value)
            && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 400 and < 600
            ? number
            : null;
}

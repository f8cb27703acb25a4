using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Writes errors with Anthropic's words for statuses.</summary>
internal static class AnthropicError
{
    public static void Write(IBufferWriter<byte> output, WireError error)
    {
        using var json = new Utf8JsonWriter(output, AnthropicJson.Options);
        json.WriteStartObject();
        json.WriteString("type", "error");
        WriteBody(json, error);
        json.WriteEndObject();
    }

    public static void WriteEvent(IBufferWriter<byte> output, WireError error)
    {
        var events = new AnthropicEvents();
        WriteBody(events.Begin(output, "error"u8), error);
        events.End(output);
    }

    private static void WriteBody(Utf8JsonWriter json, WireError error)
    {
        json.WriteStartObject("error");
        json.WriteString("type", Type(error.Status));
        json.WriteString("message", AnthropicJson.Whole(Message(error)));
        if (error.Attempts.Count > 0)
        {
            WriteAttempts(json, error.Attempts);
        }

        json.WriteEndObject();
        json.WriteNull("request_id");
    }

    // Anthropic's errors have no place for the field but their message.
    private static string Message(WireError error) =>
        error.Param is not { Length: > 0 } param || error.Message.Contains(param, StringComparison.Ordinal) ? error.Message : $"{param}: {error.Message}";

    private static void WriteAttempts(Utf8JsonWriter json, IReadOnlyList<Attempt> attempts)
    {
        json.WriteStartArray("attempts");
        foreach (var attempt in attempts)
        {
            json.WriteStartObject();
            json.WriteString("provider", AnthropicJson.Whole(attempt.Provider));
            json.WriteString("outcome", Word(attempt.Outcome));
            if ((attempt.Kind is { } kind ? Word(kind) : attempt.SkipReason is { } skip ? Word(skip) : null) is { } why)
            {
                json.WriteString("kind", why);
            }

            if (attempt.StatusCode is { } status)
            {
                json.WriteNumber("status", status);
            }

            if (attempt.Reason is { } reason)
            {
                json.WriteString("reason", AnthropicJson.Whole(reason));
            }

            json.WriteNumber("duration_ms", (long)attempt.Duration.TotalMilliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Type(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        408 or 504 => "timeout_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}

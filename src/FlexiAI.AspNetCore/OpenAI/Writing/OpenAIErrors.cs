using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Writes errors as OpenAI does, with what was tried where no provider answered.</summary>
internal static class OpenAIErrors
{
    public static void Write(IBufferWriter<byte> output, WireError error)
    {
        using var json = new Utf8JsonWriter(output, OpenAIJson.Plain);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, TypeOf(error.Status));
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, error.Code);
        if (error.Attempts.Count > 0)
        {
            json.WriteStartArray("attempts"u8);
            foreach (var attempt in error.Attempts)
            {
                WriteAttempt(json, attempt);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> TypeOf(int status) => status switch
    {
        401 => "authentication_error"u8,
        403 => "permission_error"u8,
        429 => "rate_limit_error"u8,
        >= 500 => "server_error"u8,
        _ => "invalid_request_error"u8,
    };

    private static void WriteAttempt(Utf8JsonWriter json, Attempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("provider"u8, attempt.Provider);
        json.WriteString("outcome"u8, Word(attempt.Outcome));
        json.WriteString("kind"u8, attempt.Kind is { } kind ? Word(kind) : null);
        if (attempt.StatusCode is { } status)
        {
            json.WriteNumber("status"u8, status);
        }
        else
        {
            json.WriteNull("status"u8);
        }

        json.WriteString("reason"u8, attempt.Reason ?? (attempt.SkipReason is { } skipped ? Word(skipped) : null));
        json.WriteNumber("duration_ms"u8, (long)attempt.Duration.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

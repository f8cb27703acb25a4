using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Errors as each vendor writes them, for requests that no wire has read yet.</summary>
internal static class PlainErrors
{
    public static void WriteOpenAI(IBufferWriter<byte> output, WireError error)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Status switch
        {
            403 => "permission_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        });
        json.WriteString("code", error.Code);
        json.WriteString("param", error.Param);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteAnthropic(IBufferWriter<byte> output, WireError error)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", error.Status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            408 or 504 => "timeout_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            503 or 529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        });
        json.WriteString("message", error.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>How JSON is written for Anthropic's callers.</summary>
internal static class AnthropicJson
{
    /// <summary>Text of any language stays readable: the body is JSON, never a part of a page.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the arguments of a call as an object.</summary>
    public static void WriteArguments(Utf8JsonWriter json, IDictionary<string, object?>? arguments)
    {
        json.WriteStartObject();
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            json.WritePropertyName(Whole(name));
            switch (value)
            {
                case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                    element.WriteTo(json);
                    break;
                case string text:
                    json.WriteStringValue(Whole(text));
                    break;
                case null or JsonElement:
                    json.WriteNullValue();
                    break;
                default:
                    JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The text with U+FFFD for each half of a surrogate pair, since UTF-8 has none.</summary>
    public static string Whole(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}

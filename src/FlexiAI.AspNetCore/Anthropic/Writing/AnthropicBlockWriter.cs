using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes content blocks, whole or as a stream begins them.</summary>
internal static class AnthropicBlockWriter
{
    public static void Text(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", AnthropicJson.Whole(text));
        json.WriteEndObject();
    }

    /// <summary>The signature is empty: only Anthropic can sign, and what another maker's model thought is not Anthropic's.</summary>
    public static void Thinking(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "thinking");
        json.WriteString("thinking", AnthropicJson.Whole(text));
        json.WriteString("signature", "");
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="call">The call.</param>
    /// <param name="spareId">The id of a call whose provider gave none.</param>
    /// <param name="arguments">What stands as the input.</param>
    public static void ToolUse(Utf8JsonWriter json, FunctionCallContent call, string spareId, IDictionary<string, object?>? arguments)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", AnthropicJson.Whole(string.IsNullOrEmpty(call.CallId) ? spareId : call.CallId));
        json.WriteString("name", AnthropicJson.Whole(call.Name));
        json.WritePropertyName("input");
        AnthropicJson.WriteArguments(json, arguments);

        // The model itself called, no code of its; Anthropic's SDKs take this for required.
        json.WriteStartObject("caller");
        json.WriteString("type", "direct");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string SpareId(WireAnswer answer, int block) => $"toolu_{answer.Id}_{block}";
}

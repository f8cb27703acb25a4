using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>Reading and writing of JSON without reflection, written with as few escapes as the vendors use.</summary>
internal static class WireJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToText(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static JsonElement? Get(this JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(this JsonElement? element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(this JsonElement? element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    public static int? Number(this JsonElement? element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static IEnumerable<JsonElement?> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Select(item => (JsonElement?)item) : [];

    /// <summary>The text of a content that is a string, or an array of parts with a <c>text</c> each.</summary>
    public static string ContentText(JsonElement? content) => content is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : string.Concat(content.Items().Select(part => part.Text("text")));
}

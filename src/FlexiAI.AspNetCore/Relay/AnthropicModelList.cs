using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Writes models as Anthropic's wire does.</summary>
internal static class AnthropicModelList
{
    public static void Write(IBufferWriter<byte> output, IEnumerable<(string Id, string OwnedBy)> models, DateTimeOffset created)
    {
        var all = models.ToList();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("data");
        all.ForEach(model => Write(json, model, created));
        json.WriteEndArray();
        json.WriteBoolean("has_more", false);
        json.WriteString("first_id", all.Count == 0 ? null : all[0].Id);
        json.WriteString("last_id", all.Count == 0 ? null : all[^1].Id);
        json.WriteEndObject();
    }

    public static void WriteOne(IBufferWriter<byte> output, (string Id, string OwnedBy) model, DateTimeOffset created)
    {
        using var json = new Utf8JsonWriter(output);
        Write(json, model, created);
    }

    private static void Write(Utf8JsonWriter json, (string Id, string OwnedBy) model, DateTimeOffset created)
    {
        json.WriteStartObject();
        json.WriteString("type", "model");
        json.WriteString("id", model.Id);
        json.WriteString("display_name", model.Id);
        json.WriteString("created_at", created);
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>OpenAI's list of models, and one of them.</summary>
internal static class OpenAIModelList
{
    public static void Write(IBufferWriter<byte> output, IEnumerable<(string Id, string OwnedBy)> models, DateTimeOffset created)
    {
        using var json = new Utf8JsonWriter(output, OpenAIJson.Plain);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var (id, ownedBy) in models)
        {
            WriteModel(json, id, ownedBy, created);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteOne(IBufferWriter<byte> output, string id, string ownedBy, DateTimeOffset created)
    {
        using var json = new Utf8JsonWriter(output, OpenAIJson.Plain);
        WriteModel(json, id, ownedBy, created);
    }

    private static void WriteModel(Utf8JsonWriter json, string id, string ownedBy, DateTimeOffset created)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, created.ToUnixTimeSeconds());
        json.WriteString("owned_by"u8, ownedBy);
        json.WriteEndObject();
    }
}

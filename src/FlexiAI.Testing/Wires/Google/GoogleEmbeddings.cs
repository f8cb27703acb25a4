using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary><c>embedContent</c> and <c>batchEmbedContents</c> of the Gemini API.</summary>
internal static class GoogleEmbeddings
{
    public static WireReply Reply(WireFacts facts, SimulatedRequest request) => GooglePath.Verb(request.Path) == "embedContent"
        ? WireReply.Whole(new JsonObject { ["embedding"] = Embedding(facts, request.Json) })
        : WireReply.Whole(new JsonObject
        {
            ["embeddings"] = new JsonArray([.. request.Json.Get("requests").Items().Select(item => (JsonNode)Embedding(facts, item))]),
        });

    private static JsonObject Embedding(WireFacts facts, JsonElement? item)
    {
        var dimensions = item.Number("outputDimensionality") is { } asked and > 0 ? asked : facts.Options.EmbeddingDimensions;
        var text = WireJson.ContentText(item.Get("content").Get("parts"));
        return new JsonObject { ["values"] = Vectors.ToJson(Vectors.Of(text, dimensions)) };
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The embeddings endpoint: one input or several, each text or token ids, as floats or base64.</summary>
internal static class OpenAIEmbeddings
{
    public static WireReply Reply(WireFacts facts, SimulatedRequest request)
    {
        var inputs = Inputs(request.Json.Get("input"));
        var dimensions = request.Json.Number("dimensions") is { } asked and > 0 ? asked : facts.Options.EmbeddingDimensions;
        var asBase64 = request.Json.Text("encoding_format") == "base64";
        var data = new JsonArray();
        foreach (var input in inputs)
        {
            var vector = Vectors.Of(input, dimensions);
            data.Add((JsonNode)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = data.Count,
                ["embedding"] = asBase64 ? Vectors.ToBase64(vector) : Vectors.ToJson(vector),
            });
        }

        var tokens = inputs.Sum(Tokens.Count);
        return WireReply.Whole(new JsonObject
        {
            ["object"] = "list",
            ["data"] = data,
            ["model"] = request.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        });
    }

    private static List<string> Inputs(JsonElement? input) => input switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array when array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) => [array.GetRawText()],
        { ValueKind: JsonValueKind.Array } => [.. input.Items().Select(item => Text(item!.Value))],
        { } single => [Text(single)],
    };

    private static string Text(JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
}

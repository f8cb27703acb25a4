using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes the body of a request for content.</summary>
/// <param name="settings">The safety settings and the thinking budget of the entry.</param>
internal sealed class RequestWriter(GeminiSettings settings)
{
    public byte[] Write(IChatClient client, string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var (contents, system) = ContentWriter.Write(model, messages, options?.Instructions);
        var request = new GeminiRequest
        {
            Contents = contents,
            SystemInstruction = system,
            Tools = ToolWriter.Tools(options?.Tools),
            ToolConfig = ToolWriter.Config(options),
            GenerationConfig = Generation(model, options),
            SafetySettings = settings.Safety,
        };

        return options?.RawRepresentationFactory?.Invoke(client) is JsonObject raw
            ? JsonSerializer.SerializeToUtf8Bytes(Merge((JsonObject)raw.DeepClone(), JsonSerializer.SerializeToElement(request, GoogleJson.Default.GeminiRequest)), GoogleJson.Default.JsonObject)
            : JsonSerializer.SerializeToUtf8Bytes(request, GoogleJson.Default.GeminiRequest);
    }

    private GeminiGenerationConfig? Generation(string model, ChatOptions? options)
    {
        var format = options?.ResponseFormat as ChatResponseFormatJson;
        var config = new GeminiGenerationConfig
        {
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            TopK = options?.TopK,
            MaxOutputTokens = options?.MaxOutputTokens,
            PresencePenalty = options?.PresencePenalty,
            FrequencyPenalty = options?.FrequencyPenalty,
            Seed = (int?)options?.Seed,
            StopSequences = options?.StopSequences is { Count: > 0 } stop ? stop : null,
            ResponseMimeType = format is null ? null : "application/json",
            ResponseJsonSchema = format?.Schema,
            ThinkingConfig = Thinking(model, options?.Reasoning),
        };
        return config == new GeminiGenerationConfig() ? null : config;
    }

    private GeminiThinkingConfig? Thinking(string model, ReasoningOptions? reasoning)
    {
        var byBudget = GeminiModels.ThinksByBudget(model);
        var byLevel = GeminiModels.ThinksByLevel(model);
        var config = new GeminiThinkingConfig
        {
            IncludeThoughts = (byBudget || byLevel) && reasoning?.Output is ReasoningOutput.Summary or ReasoningOutput.Full ? true : null,
            ThinkingBudget = byBudget && Budget(reasoning?.Effort) is { } budget ? budget : reasoning?.Effort is null ? settings.ThinkingBudget : null,
            ThinkingLevel = byLevel ? Level(reasoning?.Effort) : null,
        };
        return config == new GeminiThinkingConfig() ? null : config;
    }

    // The budgets that Google's OpenAI-compatible endpoint puts for the same words.
    private static int? Budget(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => 0,
        ReasoningEffort.Low => 1024,
        ReasoningEffort.Medium => 8192,
        ReasoningEffort.High or ReasoningEffort.ExtraHigh => 24576,
        _ => null,
    };

    private static string? Level(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "MINIMAL",
        ReasoningEffort.Low => "LOW",
        ReasoningEffort.Medium => "MEDIUM",
        ReasoningEffort.High or ReasoningEffort.ExtraHigh => "HIGH",
        _ => null,
    };

    // What the caller wrote by hand stands; ours is added where it is silent.
    private static JsonObject Merge(JsonObject raw, JsonElement ours)
    {
        foreach (var property in ours.EnumerateObject())
        {
            var node = JsonNode.Parse(property.Value.GetRawText());
            switch (raw[property.Name])
            {
                case null:
                    raw[property.Name] = node;
                    break;
                case JsonObject theirs when property.Value.ValueKind == JsonValueKind.Object:
                    Merge(theirs, property.Value);
                    break;
                case JsonArray theirs when node is JsonArray items:
                    while (items.Count > 0)
                    {
                        var item = items[0];
                        items.RemoveAt(0);
                        theirs.Add(item);
                    }

                    break;
                default:
                    break;
            }
        }

        return raw;
    }
}

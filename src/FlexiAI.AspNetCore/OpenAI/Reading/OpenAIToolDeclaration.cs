using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A function that the caller has and the model may call.</summary>
internal sealed class OpenAIToolDeclaration(string name, string description, JsonElement? parameters, bool? strict) : AIFunctionDeclaration
{
    private static readonly JsonElement NoParameters = Parse("""{"type":"object","properties":{}}""");

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema { get; } = parameters ?? NoParameters;

    // The name by which Microsoft.Extensions.AI's clients look for it.
    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        strict is { } asked ? new AdditionalPropertiesDictionary { ["strict"] = asked } : new AdditionalPropertiesDictionary();

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

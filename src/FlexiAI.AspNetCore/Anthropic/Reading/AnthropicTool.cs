using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A tool of the caller's, for the model to know; the caller runs it.</summary>
internal sealed class AnthropicTool(string name, string description, JsonElement schema, bool strict) : AIFunctionDeclaration
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    // The word that Microsoft.Extensions.AI's client for OpenAI looks for.
    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = strict
        ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["strict"] = true }
        : new Dictionary<string, object?>(StringComparer.Ordinal);
}

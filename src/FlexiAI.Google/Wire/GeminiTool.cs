using System.Text.Json;

namespace FlexiAI;

/// <summary>Functions that the model may call, or one of Google's own tools.</summary>
internal sealed class GeminiTool
{
    public List<GeminiFunctionDeclaration>? FunctionDeclarations { get; set; }

    public GeminiEmpty? GoogleSearch { get; set; }

    public GeminiEmpty? CodeExecution { get; set; }
}

internal sealed class GeminiFunctionDeclaration
{
    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The parameters as plain JSON Schema; the older field <c>parameters</c> takes a subset of OpenAPI's only.</summary>
    public JsonElement? ParametersJsonSchema { get; set; }
}

internal sealed class GeminiToolConfig
{
    public GeminiFunctionCallingConfig? FunctionCallingConfig { get; set; }
}

internal sealed class GeminiFunctionCallingConfig
{
    public required string Mode { get; set; }

    public List<string>? AllowedFunctionNames { get; set; }
}

/// <summary>An object whose presence is all it says.</summary>
internal sealed class GeminiEmpty;

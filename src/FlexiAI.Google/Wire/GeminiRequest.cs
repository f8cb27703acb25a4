using System.Text.Json;

namespace FlexiAI;

/// <summary>The body of <c>generateContent</c> and <c>streamGenerateContent</c>, which Gemini and Vertex AI share.</summary>
internal sealed class GeminiRequest
{
    public List<GeminiContent> Contents { get; set; } = [];

    public GeminiContent? SystemInstruction { get; set; }

    public List<GeminiTool>? Tools { get; set; }

    public GeminiToolConfig? ToolConfig { get; set; }

    public GeminiGenerationConfig? GenerationConfig { get; set; }

    public List<GeminiSafetySetting>? SafetySettings { get; set; }
}

internal sealed record GeminiGenerationConfig
{
    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public int? MaxOutputTokens { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public int? Seed { get; init; }

    public IList<string>? StopSequences { get; init; }

    public string? ResponseMimeType { get; init; }

    public JsonElement? ResponseJsonSchema { get; init; }

    public GeminiThinkingConfig? ThinkingConfig { get; init; }
}

internal sealed record GeminiThinkingConfig
{
    public bool? IncludeThoughts { get; init; }

    public int? ThinkingBudget { get; init; }

    public string? ThinkingLevel { get; init; }
}

internal sealed record GeminiSafetySetting(string Category, string Threshold);

using System.Text.Json;

namespace FlexiAI;

/// <summary>A whole reply, or one event of a streamed reply. <see cref="Error"/> has been seen inside a status 200.</summary>
internal sealed class GeminiResponse
{
    public List<GeminiCandidate>? Candidates { get; set; }

    public GeminiPromptFeedback? PromptFeedback { get; set; }

    public GeminiUsage? UsageMetadata { get; set; }

    public string? ModelVersion { get; set; }

    public string? ResponseId { get; set; }

    public JsonElement? Error { get; set; }
}

internal sealed class GeminiCandidate
{
    public GeminiContent? Content { get; set; }

    public string? FinishReason { get; set; }

    public string? FinishMessage { get; set; }
}

internal sealed class GeminiPromptFeedback
{
    public string? BlockReason { get; set; }

    public string? BlockReasonMessage { get; set; }
}

internal sealed class GeminiUsage
{
    public long? PromptTokenCount { get; set; }

    public long? ToolUsePromptTokenCount { get; set; }

    public long? CachedContentTokenCount { get; set; }

    public long? CandidatesTokenCount { get; set; }

    public long? ThoughtsTokenCount { get; set; }

    public long? TotalTokenCount { get; set; }
}

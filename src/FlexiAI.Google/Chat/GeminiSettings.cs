namespace FlexiAI;

/// <summary>What an entry adds to every request for content.</summary>
internal sealed record GeminiSettings(List<GeminiSafetySetting>? Safety, int? ThinkingBudget);

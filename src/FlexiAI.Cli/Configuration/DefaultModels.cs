namespace FlexiAI.Cli;

/// <summary>The models used where nobody names one.</summary>
internal static class DefaultModels
{
    public const string OpenAI = "gpt-4o-mini";
    public const string Anthropic = "claude-3-5-haiku-20241022";
    public const string Gemini = "gemini-2.0-flash";
}

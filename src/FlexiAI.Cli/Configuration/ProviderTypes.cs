namespace FlexiAI.Cli;

/// <summary>The types that <c>Type</c> may name in a configuration file.</summary>
internal static class ProviderTypes
{
    public static FlexiAIBuilder Create() => new FlexiAIBuilder().AddOpenAI().AddAnthropic().AddGoogle();
}

namespace FlexiAI.Cli;

/// <summary>Entries for providers on this machine.</summary>
internal static class SimulatedEntry
{
    // The vendors' types ask for a key; the simulated providers accept any.
    private const string Key = "simulated";

    public static ProviderOptions OpenAI(int priority) =>
        Local(new OpenAIProvider { Name = "openai", Model = DefaultModels.OpenAI, Priority = priority });

    public static ProviderOptions Anthropic(int priority) =>
        Local(new AnthropicProvider { Name = "anthropic", Model = DefaultModels.Anthropic, Priority = priority });

    public static ProviderOptions Gemini(int priority) =>
        Local(new GeminiProvider { Name = "gemini", Model = DefaultModels.Gemini, Priority = priority });

    private static ProviderOptions Local(ProviderOptions entry)
    {
        entry.ApiKey = Key;

        // A proxy from the environment does not reach this machine's own loopback.
        entry.HttpHandlerFactory = () => new SocketsHttpHandler { UseProxy = false, ConnectTimeout = entry.ConnectTimeout };
        return entry;
    }
}

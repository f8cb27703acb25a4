using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>The provider entries as an application configures them, but for the address.</summary>
internal static class Entries
{
    public const string Primary = "primary";
    public const string Backup = "backup";

    public static ProviderOptions For(SimulatedProvider provider)
    {
        ProviderOptions entry = provider.Wire switch
        {
            SimulatedWire.OpenAI => new OpenAIProvider(),
            SimulatedWire.Anthropic => new AnthropicProvider(),
            _ => new GeminiProvider(),
        };
        (entry.Name, entry.Model) = (provider.Name, ModelOf(provider.Name));
        (entry.ApiKey, entry.BaseUrl) = ("key-of-the-wall", provider.BaseUrl);
        entry.Priority = provider.Name == Primary ? 1 : 2;
        return entry;
    }

    public static string ModelOf(string entry) => $"{entry}-model";
}

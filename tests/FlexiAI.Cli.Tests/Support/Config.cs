using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Writes configurations whose providers are simulated ones of the test's.</summary>
internal static class Config
{
    public const string Key = "sk-not-to-be-shown-0123456789";

    public static string For(params SimulatedProvider[] providers) =>
        $$"""{ "FlexiAI": { "RetryDelay": "00:00:00", "Providers": [ {{string.Join(", ", providers.Select(Entry))}} ] } }""";

    private static string Entry(SimulatedProvider provider, int index) =>
        $$"""{ "Type": "{{TypeOf(provider.Wire)}}", "Name": "{{provider.Name}}", "Model": "model-of-{{provider.Name}}", "Priority": {{index + 1}}, "ApiKey": "{{Key}}", "BaseUrl": "{{provider.BaseUrl}}" }""";

    private static string TypeOf(SimulatedWire wire) => wire switch { SimulatedWire.OpenAI => "openai", SimulatedWire.Anthropic => "anthropic", _ => "gemini" };
}

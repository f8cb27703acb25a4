using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Writes configurations of <c>serve</c> whose providers are simulated ones of the test's.</summary>
internal static class ServeConfig
{
    /// <param name="more">Further members, of the client or beside <c>Providers</c>.</param>
    /// <param name="providers">The providers in their order.</param>
    public static string For(string more, params SimulatedProvider[] providers) =>
        $$"""{ "RetryDelay": "00:00:00", "Providers": [ {{string.Join(", ", providers.Select(Entry))}} ]{{(more.Length > 0 ? $", {more}" : "")}} }""";

    public static Task<SimulatedProvider> ProviderAsync(string name) =>
        SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new SimulatedProviderOptions { Name = name, Answer = $"I am {name}." }, TestContext.Current.CancellationToken);

    private static string Entry(SimulatedProvider provider, int index) =>
        $$"""{ "Type": "openai", "Name": "{{provider.Name}}", "Model": "model", "Priority": {{index + 1}}, "MaxRetries": 0, "ApiKey": "{{Config.Key}}", "BaseUrl": "{{provider.BaseUrl}}" }""";
}

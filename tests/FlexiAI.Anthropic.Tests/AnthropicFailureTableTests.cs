using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class AnthropicFailureTableTests : FailureTableTests
{
    protected override SimulatedWire Wire => SimulatedWire.Anthropic;

    // The SDK keeps an error event's type, but says of a whole reply only that it has no content.
    protected override (FailureKind Whole, FailureKind Streamed) ErrorInside200 => (FailureKind.InvalidResponse, FailureKind.ServerError);

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Anthropic(simulated, Key);
}

internal static class Entries
{
    public static AnthropicProvider Anthropic(SimulatedProvider simulated, string key) =>
        new() { BaseUrl = simulated.BaseUrl, ApiKey = key, Model = "claude-3-5-haiku-20241022" };
}

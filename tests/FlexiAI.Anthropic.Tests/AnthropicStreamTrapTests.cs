using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class AnthropicStreamTrapTests : StreamTrapTests
{
    protected override SimulatedWire Wire => SimulatedWire.Anthropic;

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Anthropic(simulated, Key);
}

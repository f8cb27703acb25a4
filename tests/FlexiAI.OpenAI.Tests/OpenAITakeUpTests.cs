using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class OpenAITakeUpTests : TakeUpTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

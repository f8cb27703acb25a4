using FlexiAI.Testing;

namespace FlexiAI.Tests;

public abstract class OpenAIWireClockTests : ClockTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;
}

public sealed class OpenAIClockTests : OpenAIWireClockTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

public sealed class AzureOpenAIClockTests : OpenAIWireClockTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Azure(simulated, Key);
}

public sealed class OpenAICompatibleClockTests : OpenAIWireClockTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Compatible(simulated, Key);
}

using FlexiAI.Testing;

namespace FlexiAI.Tests;

public abstract class OpenAIWireStreamTrapTests : StreamTrapTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;

    protected override bool TellsTokensEarly => false;
}

public sealed class OpenAIStreamTrapTests : OpenAIWireStreamTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

public sealed class AzureOpenAIStreamTrapTests : OpenAIWireStreamTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Azure(simulated, Key);
}

public sealed class OpenAICompatibleStreamTrapTests : OpenAIWireStreamTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Compatible(simulated, Key);
}

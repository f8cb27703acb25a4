using FlexiAI.Testing;

namespace FlexiAI.Tests;

public abstract class OpenAIWireFailureTableTests : FailureTableTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;

    protected override (FailureKind Whole, FailureKind Streamed) ErrorInside200 => (FailureKind.ServerError, FailureKind.ServerError);
}

public sealed class OpenAIFailureTableTests : OpenAIWireFailureTableTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

public sealed class AzureOpenAIFailureTableTests : OpenAIWireFailureTableTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Azure(simulated, Key);
}

public sealed class OpenAICompatibleFailureTableTests : OpenAIWireFailureTableTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Compatible(simulated, Key);
}

using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class GeminiClockTests : ClockTests
{
    protected override SimulatedWire Wire => SimulatedWire.Google;

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Make.Gemini(simulated.BaseUrl);
}

public sealed class VertexAIClockTests : ClockTests
{
    protected override SimulatedWire Wire => SimulatedWire.Google;

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Make.Vertex(simulated.BaseUrl);
}

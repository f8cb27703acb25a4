using FlexiAI.Testing;

namespace FlexiAI.Tests;

public abstract class GoogleStreamTrapTests : StreamTrapTests
{
    protected override SimulatedWire Wire => SimulatedWire.Google;

}

public sealed class GeminiStreamTrapTests : GoogleStreamTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Make.Gemini(simulated.BaseUrl);
}

public sealed class VertexAIStreamTrapTests : GoogleStreamTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Make.Vertex(simulated.BaseUrl);
}

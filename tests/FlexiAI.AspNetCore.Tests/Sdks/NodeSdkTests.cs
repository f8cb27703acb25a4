using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>The official Node SDKs over providers of their own wire and of the others.</summary>
public sealed class NodeSdkTests(NodeRuns runs) : IClassFixture<NodeRuns>
{
    [Theory]
    [MemberData(nameof(NodeRuns.OfOpenAI), MemberType = typeof(NodeRuns))]
    public Task OpenAIs_Node_SDK_works(SimulatedWire provider, string what) => runs.CheckAsync("openai.mjs", provider, what, NodeRuns.OfOpenAI());

    [Theory]
    [MemberData(nameof(NodeRuns.OfAnthropic), MemberType = typeof(NodeRuns))]
    public Task Anthropics_Node_SDK_works(SimulatedWire provider, string what) => runs.CheckAsync("anthropic.mjs", provider, what, NodeRuns.OfAnthropic());
}

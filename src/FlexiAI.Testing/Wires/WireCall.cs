namespace FlexiAI.Testing;

/// <summary>What a wire understands of a request.</summary>
internal sealed record WireCall(SimulatedOperation Operation)
{
    public string Model { get; init; } = "";

    public bool IsStreaming { get; init; }

    public IReadOnlyList<SimulatedMessage> Messages { get; init; } = [];
}

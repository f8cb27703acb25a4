namespace FlexiAI.Tests.Circuits;

/// <summary>Writes down what a circuit tells the others that share it, and answers for them.</summary>
internal sealed class RecordingPeer : ICircuitPeer
{
    public List<string> Told { get; } = [];

    /// <summary>The probe timeouts of the calls that asked.</summary>
    public List<TimeSpan> Asked { get; } = [];

    public bool GrantsProbes { get; set; }

    public CircuitEntry? Entry { get; set; }

    /// <summary>Becomes the peer of a circuit.</summary>
    public static RecordingPeer Of(CircuitUnderTest circuit)
    {
        var peer = new RecordingPeer();
        circuit.Breaker.Peer = peer;
        return peer;
    }

    public CircuitEntry? EnterAtOnce(TimeSpan probeTimeout)
    {
        Asked.Add(probeTimeout);
        return Entry;
    }

    public void Tripped(TimeSpan breakTime, FailureKind? kind) => Told.Add($"tripped {breakTime.TotalSeconds} s, {kind}");

    public void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime) => Told.Add($"probe {probe} {vote}, {breakTime.TotalSeconds} s");

    public void Throttled(TimeSpan retryAfter) => Told.Add($"throttled {retryAfter.TotalSeconds} s");

    public void Reset() => Told.Add("reset");
}

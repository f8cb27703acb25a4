namespace FlexiAI.Tests.Circuits;

/// <summary>A share whose changes have arrived when the call returns, so that a test can look at them.</summary>
internal sealed class WaitingPeer(RedisCircuitShare share) : ICircuitPeer
{
    public bool GrantsProbes => share.GrantsProbes;

    public CircuitEntry? EnterAtOnce(TimeSpan probeTimeout) =>
        share.EnterAtOnce(probeTimeout) ?? share.EnterAsync(probeTimeout).AsTask().GetAwaiter().GetResult();

    public void Tripped(TimeSpan breakTime, FailureKind? kind) => After(() => share.Tripped(breakTime, kind));

    public void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime) => After(() => share.ProbeSettled(probe, vote, breakTime));

    public void Throttled(TimeSpan retryAfter) => After(() => share.Throttled(retryAfter));

    public void Reset() => After(share.Reset);

    private void After(Action change)
    {
        change();
        share.FlushAsync().GetAwaiter().GetResult();
    }
}

namespace FlexiAI.Tests;

/// <summary>Sharing whose other processes are never reached: every circuit goes by itself.</summary>
internal sealed class AloneSharing : CircuitSharing
{
    public override CircuitShare Join(CircuitBreaker circuit) => new Alone();

    public override void Start()
    {
    }

    public override void Leave(CircuitBreaker circuit)
    {
    }

    public override void Dispose()
    {
    }

    private sealed class Alone : CircuitShare
    {
        public override bool GrantsProbes => false;

        public override ValueTask<CircuitEntry> EnterAsync(TimeSpan probeTimeout) => throw new NotSupportedException();

        public override CircuitEntry? EnterAtOnce(TimeSpan probeTimeout) => null;

        public override void Tripped(TimeSpan breakTime, FailureKind? kind)
        {
        }

        public override void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime)
        {
        }

        public override void Throttled(TimeSpan retryAfter)
        {
        }

        public override void Reset()
        {
        }

        public override void Isolate()
        {
        }

        public override CircuitSharingStatus GetStatus() => new(Connected: false, 0, null, null, null);
    }
}

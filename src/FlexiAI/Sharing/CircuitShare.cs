namespace FlexiAI;

/// <summary>Carries one circuit of this process to the others that share it, and what they decide back.</summary>
internal abstract class CircuitShare : ICircuitPeer
{
    /// <inheritdoc/>
    public abstract bool GrantsProbes { get; }

    /// <summary>Asks the others for leave to test the recovery, and enters the circuit if they agree or cannot be asked. Bounded in time; never throws.</summary>
    /// <param name="probeTimeout">How long the probe may be out.</param>
    public abstract ValueTask<CircuitEntry> EnterAsync(TimeSpan probeTimeout);

    /// <inheritdoc/>
    public abstract CircuitEntry? EnterAtOnce(TimeSpan probeTimeout);

    /// <inheritdoc/>
    public abstract void Tripped(TimeSpan breakTime, FailureKind? kind);

    /// <inheritdoc/>
    public abstract void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime);

    /// <inheritdoc/>
    public abstract void Throttled(TimeSpan retryAfter);

    /// <inheritdoc/>
    public abstract void Reset();

    /// <summary>Holds the circuit open in every process.</summary>
    public abstract void Isolate();

    /// <summary>What an operator sees of it.</summary>
    public abstract CircuitSharingStatus GetStatus();
}

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
    public abstract void Tripped(TimeSpan breakTime, FailureKind? kind);

    /// <inheritdoc/>
    public abstract void ProbeSettled(long probe, CircuitVote vote);

    /// <inheritdoc/>
    public abstract void Throttled(TimeSpan retryAfter);

    /// <inheritdoc/>
    public abstract void Reset();

    /// <summary>Holds the circuit open in every process.</summary>
    public abstract void Isolate();

    /// <summary>What an operator sees of it.</summary>
    public abstract CircuitSharingStatus GetStatus();
}

/// <summary>The answer to a call that would test a shared circuit's recovery.</summary>
/// <param name="IsIn">Whether it may be made.</param>
/// <param name="Permit">Its leave, if so.</param>
/// <param name="Refusal">Why not, if not.</param>
internal readonly record struct CircuitEntry(bool IsIn, CircuitPermit Permit, CircuitRefusal Refusal);

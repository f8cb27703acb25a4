namespace FlexiAI;

/// <summary>
/// Who carries a circuit's changes to the other processes that share it. Called on the threads of calls: nothing here may block or throw.
/// </summary>
internal interface ICircuitPeer
{
    /// <summary>Whether the others can be asked before a probe; if not, the circuit goes by itself.</summary>
    bool GrantsProbes { get; }

    /// <summary>The answer to a call that would be a probe, where the others need not be waited for; otherwise null.</summary>
    CircuitEntry? EnterAtOnce(TimeSpan probeTimeout);

    /// <summary>Consecutive failures opened the circuit here, for this long; the last was of this kind.</summary>
    void Tripped(TimeSpan breakTime, FailureKind? kind);

    /// <summary>A probe of this process is settled; if it failed, the circuit is open for this long.</summary>
    void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime);

    /// <summary>The provider named a time before which it is not to be called.</summary>
    void Throttled(TimeSpan retryAfter);

    /// <summary>The circuit was closed by hand.</summary>
    void Reset();
}

/// <summary>What a settled probe says about the provider.</summary>
internal enum CircuitVote
{
    /// <summary>It answered; enough of these close the circuit.</summary>
    Ok,

    /// <summary>It failed; one of these opens the circuit again.</summary>
    Fail,

    /// <summary>The call says nothing; its place is given back.</summary>
    Neutral,
}

/// <summary>The answer to a call that would test a shared circuit's recovery.</summary>
/// <param name="IsIn">Whether it may be made.</param>
/// <param name="Permit">Its leave, if so.</param>
/// <param name="Refusal">Why not, if not.</param>
internal readonly record struct CircuitEntry(bool IsIn, CircuitPermit Permit, CircuitRefusal Refusal);

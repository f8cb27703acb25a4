namespace FlexiAI;

/// <summary>
/// Who carries a circuit's changes to the other processes that share it. Called on the threads of calls: nothing here may block or throw.
/// </summary>
internal interface ICircuitPeer
{
    /// <summary>Whether the others can be asked before a probe; if not, the circuit goes by itself.</summary>
    bool GrantsProbes { get; }

    /// <summary>Consecutive failures opened the circuit here, for this long; the last was of this kind.</summary>
    void Tripped(TimeSpan breakTime, FailureKind? kind);

    /// <summary>A probe of this process is settled.</summary>
    void ProbeSettled(long probe, CircuitVote vote);

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

namespace FlexiAI;

/// <summary>Why a circuit did not let a call through.</summary>
public enum CircuitRefusalReason
{
    /// <summary>The circuit is open and its recovery time is not over.</summary>
    Open,

    /// <summary>The circuit is half-open and every probe's place is taken.</summary>
    ProbeInFlight,

    /// <summary>The provider named a time before which it is not to be called.</summary>
    Throttled,

    /// <summary>The circuit is held open by hand.</summary>
    Isolated,
}

/// <summary>A circuit's answer to a call that it does not let through.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RetryAfter">How long until a call is admitted; zero if a probe decides that, null while isolated.</param>
public readonly record struct CircuitRefusal(CircuitRefusalReason Reason, TimeSpan? RetryAfter)
{
    /// <summary>Whether the call could test the recovery, if the processes that share the circuit agree.</summary>
    internal bool NeedsLease { get; init; }
}

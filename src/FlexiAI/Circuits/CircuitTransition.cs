namespace FlexiAI;

/// <summary>Why a circuit changed its state.</summary>
public enum CircuitTransitionCause
{
    /// <summary>The last of <see cref="CircuitBreakerOptions.FailureThreshold"/> consecutive failures.</summary>
    Threshold,

    /// <summary>A probe: one was let through, succeeded, failed, or never came back.</summary>
    Probe,

    /// <summary>Isolated or reset by hand.</summary>
    Manual,

    /// <summary>Another process that shares the circuit.</summary>
    Remote,
}

/// <summary>One change of state of one circuit.</summary>
/// <param name="Circuit">The circuit's name; in a <c>FlexiClient</c> the provider's.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Era">The number of the era that begins; it rises by one with each transition of the circuit.</param>
/// <param name="Cause">Why.</param>
/// <param name="RetryAfter">When <paramref name="To"/> is open: how long from the transition until a call is admitted; otherwise null.</param>
/// <param name="FailureKind">The kind of the failure that opened the circuit, if one did and its kind is known.</param>
public sealed record CircuitTransition(
    string Circuit,
    CircuitState From,
    CircuitState To,
    long Era,
    CircuitTransitionCause Cause,
    TimeSpan? RetryAfter,
    FailureKind? FailureKind);

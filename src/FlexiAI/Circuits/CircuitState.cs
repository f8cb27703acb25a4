namespace FlexiAI;

/// <summary>The states of a circuit breaker.</summary>
public enum CircuitState
{
    /// <summary>Healthy: every call passes.</summary>
    Closed,

    /// <summary>Failing: calls are refused until the recovery time is over.</summary>
    Open,

    /// <summary>Testing recovery: at most <see cref="CircuitBreakerOptions.HalfOpenMaxCalls"/> calls pass.</summary>
    HalfOpen,

    /// <summary>Held open by hand; only a reset ends it.</summary>
    Isolated,
}

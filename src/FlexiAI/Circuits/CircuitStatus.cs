namespace FlexiAI;

/// <summary>What a circuit was like at one moment. Reading it changes nothing.</summary>
/// <param name="Name">The circuit's name.</param>
/// <param name="State">The state. An open circuit whose recovery time is over stays open until a call arrives to test it.</param>
/// <param name="Era">The number of transitions so far plus one.</param>
/// <param name="FailureCount">Consecutive counted failures; while open or half-open, the count that opened it.</param>
/// <param name="SuccessCount">Successes since the last counted failure or transition.</param>
/// <param name="LastFailureTime">When the last counted failure ended, by the wall clock; null if there was none.</param>
/// <param name="LastFailureKind">Its kind, if known.</param>
/// <param name="RetryAfter">
/// How long until a call is admitted: zero if one would be now or a probe is out whose outcome decides, null while isolated.
/// </param>
/// <param name="Throttled">Whether the provider named a time before which it is not to be called, and that time is not over.</param>
/// <param name="Rejections">Calls refused so far.</param>
/// <param name="LateResults">Results that came after their era was over, or twice, and so changed nothing.</param>
/// <param name="Options">The circuit's options.</param>
public sealed record CircuitStatus(
    string Name,
    CircuitState State,
    long Era,
    int FailureCount,
    long SuccessCount,
    DateTimeOffset? LastFailureTime,
    FailureKind? LastFailureKind,
    TimeSpan? RetryAfter,
    bool Throttled,
    long Rejections,
    long LateResults,
    CircuitBreakerOptions Options);

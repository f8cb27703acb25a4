namespace FlexiAI;

/// <summary>One circuit.</summary>
/// <param name="State"><c>closed</c>, <c>open</c>, <c>half-open</c> or <c>isolated</c>.</param>
/// <param name="Era">The number of transitions so far plus one.</param>
/// <param name="Failures">Consecutive counted failures.</param>
/// <param name="Threshold">How many of them open it.</param>
/// <param name="Successes">Successes since the last counted failure or transition.</param>
/// <param name="RetryAfterSeconds">How long until a call is admitted: zero if one would be now, null while isolated.</param>
/// <param name="RetryAt">When that is, by the wall clock; null unless it lies ahead.</param>
/// <param name="RecoverySeconds">The configured length of a break.</param>
/// <param name="Throttled">Whether the provider named a time before which it is not to be called, and that time is not over.</param>
/// <param name="LastFailureAt">When the last counted failure ended; null if there was none.</param>
/// <param name="LastFailureKind">Its kind, such as <c>server-error</c>, if known.</param>
/// <param name="Rejections">Calls refused so far.</param>
/// <param name="LateResults">Results that came after their era was over and changed nothing.</param>
internal sealed record CircuitReport(
    string State,
    long Era,
    int Failures,
    int Threshold,
    long Successes,
    double? RetryAfterSeconds,
    DateTimeOffset? RetryAt,
    double RecoverySeconds,
    bool Throttled,
    DateTimeOffset? LastFailureAt,
    string? LastFailureKind,
    long Rejections,
    long LateResults)
{
    public static CircuitReport Of(CircuitStatus status, DateTimeOffset now) => new(
        Spelling.Of(status.State),
        status.Era,
        status.FailureCount,
        status.Options.FailureThreshold,
        status.SuccessCount,
        status.RetryAfter?.TotalSeconds,
        status.RetryAfter is { } wait && wait > TimeSpan.Zero ? now + wait : null,
        status.Options.RecoveryTimeout.TotalSeconds,
        status.Throttled,
        status.LastFailureTime,
        status.LastFailureKind is { } kind ? Spelling.Of(kind) : null,
        status.Rejections,
        status.LateResults);
}

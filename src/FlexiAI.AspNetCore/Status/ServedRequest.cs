namespace FlexiAI;

/// <summary>A request of a caller that has ended.</summary>
/// <param name="Id">Its id, as the caller was told it.</param>
/// <param name="At">When it ended, by the wall clock.</param>
/// <param name="Operation">What was asked for, such as <c>chat</c>.</param>
/// <param name="Dialect">The wire it was asked in, such as <c>openai</c>.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c> or <c>cancelled</c>.</param>
/// <param name="Provider">The entry that answered; null if none did.</param>
/// <param name="Model">The model that answered; null if none did.</param>
/// <param name="Status">The HTTP status that the caller received.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="FirstTokenMs">How long until the first content; null where it was not streamed or none came.</param>
/// <param name="Streamed">Whether a stream was asked for.</param>
/// <param name="InputTokens">Its input tokens; null where the provider did not say.</param>
/// <param name="OutputTokens">Its output tokens; null where the provider did not say.</param>
/// <param name="Attempts">Every attempt in order, skipped providers included.</param>
internal sealed record ServedRequest(
    string Id,
    DateTimeOffset At,
    string Operation,
    string Dialect,
    string Outcome,
    string? Provider,
    string? Model,
    int Status,
    double DurationMs,
    double? FirstTokenMs,
    bool Streamed,
    long? InputTokens,
    long? OutputTokens,
    IReadOnlyList<ServedAttempt> Attempts)
{
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Cancelled = "cancelled";
}

/// <summary>One attempt of a <see cref="ServedRequest"/>.</summary>
/// <param name="Provider">The entry.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c>, <c>skipped</c> or <c>cancelled</c>.</param>
/// <param name="Kind">Why it failed, such as <c>rate-limited</c>, or was skipped, such as <c>circuit-open</c>; null otherwise.</param>
/// <param name="Status">The HTTP status of a failure, if a response arrived.</param>
/// <param name="Reason">The reason in the provider's words; secrets removed.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
internal sealed record ServedAttempt(string Provider, string Outcome, string? Kind, int? Status, string? Reason, double DurationMs)
{
    public static ServedAttempt Of(Attempt attempt) => new(
        attempt.Provider,
        Spelling.Of(attempt.Outcome),
        attempt.Kind is { } kind ? Spelling.Of(kind) : attempt.SkipReason is { } skip ? Spelling.Of(skip) : null,
        attempt.StatusCode,
        attempt.Reason,
        Math.Round(attempt.Duration.TotalMilliseconds, 1));
}

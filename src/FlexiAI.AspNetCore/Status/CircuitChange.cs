namespace FlexiAI;

/// <summary>A circuit's change of state as the status endpoints tell it.</summary>
/// <param name="At">When it was heard of, by the wall clock.</param>
/// <param name="Provider">The entry.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Era">The number of the era that begins; provider and era together name the change.</param>
/// <param name="Cause"><c>threshold</c>, <c>probe</c>, <c>manual</c> or <c>remote</c>.</param>
/// <param name="RetryAfterSeconds">When it opened: how long until a call is admitted.</param>
/// <param name="FailureKind">The kind of the failure that opened it, if known.</param>
internal sealed record CircuitChange(
    DateTimeOffset At, string Provider, string From, string To, long Era, string Cause, double? RetryAfterSeconds, string? FailureKind)
{
    public static CircuitChange Of(CircuitTransition transition, DateTimeOffset at) => new(
        at,
        transition.Circuit,
        Spelling.Of(transition.From),
        Spelling.Of(transition.To),
        transition.Era,
        Spelling.Of(transition.Cause),
        transition.RetryAfter?.TotalSeconds,
        transition.FailureKind is { } kind ? Spelling.Of(kind) : null);
}

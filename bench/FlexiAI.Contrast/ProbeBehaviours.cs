namespace FlexiAI.Contrast;

/// <summary>What becomes of a probe that neither succeeds nor fails.</summary>
internal static class ProbeBehaviours
{
    private const string Wedged = "A circuit that is left half-open refuses every call until it is closed by hand. ";

    public static IEnumerable<Behaviour> All =>
    [
        new(
            "The caller cancels the probe",
            CancelAsync,
            Polly: "the circuit is closed",
            FlexiAI: "the circuit is half-open",
            Note: "Nothing is known about the provider, yet every call goes to it again. With FlexiAI the place is free, and the next call "
                + "probes. With Polly, let `ShouldHandle` count cancellations: then the circuit opens instead."),
        new(
            "The probe ends in an error that does not count, such as the caller's own bad request",
            EndUncountedAsync,
            Polly: "the circuit is closed",
            FlexiAI: "the circuit is half-open",
            Note: "Polly knows two verdicts, so that whatever is not a failure closes. The third one, neutral, changes nothing. With Polly, "
                + "choose for each error whether a wrong closing or a wrong opening costs less."),
        new(
            "The predicate that decides what counts throws on the probe",
            ThrowInPredicateAsync,
            Polly: "a day later a call is refused",
            FlexiAI: "a day later a call is answered",
            Note: Wedged + "With FlexiAI an unsettled probe expires. With Polly, let no exception leave the predicate."),
        new(
            "The probe never comes back",
            LoseAsync,
            Polly: "a day later a call is refused",
            FlexiAI: "a day later a call is answered",
            Note: Wedged + "With FlexiAI an unsettled probe expires. With Polly, put a timeout strategy inside the breaker; it helps "
                + "as far as calls heed their token."),
    ];

    private static async Task<string> CancelAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        await subject.AwaitRecoveryAsync();
        using var caller = new CancellationTokenSource();
        await subject.OutcomeAsync(
            async token =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return "answered";
            },
            caller.Token);
        return $"the circuit is {subject.State}";
    }

    private static async Task<string> EndUncountedAsync(Func<Settings, Subject> make)
    {
        var subject = make(new() { Counts = e => e is not NotSupportedException });
        await subject.AwaitRecoveryAsync();
        await subject.FailAsync(new NotSupportedException());
        return $"the circuit is {subject.State}";
    }

    private static async Task<string> ThrowInPredicateAsync(Func<Settings, Subject> make)
    {
        var broken = false;
        var subject = make(new() { Counts = _ => broken ? throw new NotSupportedException() : true });
        await subject.AwaitRecoveryAsync();
        broken = true;
        await subject.FailAsync();
        broken = false;
        return await ADayLaterAsync(subject);
    }

    private static async Task<string> LoseAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        await subject.AwaitRecoveryAsync();
        _ = subject.CallAsync(_ => new TaskCompletionSource<string>().Task);
        return await ADayLaterAsync(subject);
    }

    private static async Task<string> ADayLaterAsync(Subject subject)
    {
        subject.Clock.Advance(TimeSpan.FromDays(1));
        return $"a day later a call is {await subject.OutcomeAsync()}";
    }
}

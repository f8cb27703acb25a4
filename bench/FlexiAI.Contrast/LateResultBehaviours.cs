namespace FlexiAI.Contrast;

/// <summary>What the result of a call does that began before the circuit opened.</summary>
internal static class LateResultBehaviours
{
    public static IEnumerable<Behaviour> All =>
    [
        new(
            "A call from before the outage succeeds while the probe is out",
            make => EndLateAsync(make, old => old.SetResult("answered")),
            Polly: "the circuit is closed",
            FlexiAI: "the circuit is half-open",
            Note: "A model that answers slowly began before the outage and says nothing about now. FlexiAI numbers the eras of a circuit: the "
                + "result of an older one changes nothing. Nothing in Polly's options helps."),
        new(
            "A call from before the outage fails while the probe is out",
            make => EndLateAsync(make, old => old.SetException(new InvalidOperationException())),
            Polly: "the circuit is open",
            FlexiAI: "the circuit is half-open",
            Note: "The calls that hung in the outage time out one by one, and each cuts a recovery short. Nothing in Polly's options helps."),
        new(
            "Two calls from before the outage fail after the recovery",
            FailAfterRecoveryAsync,
            Polly: "the circuit is open",
            FlexiAI: "the circuit is closed",
            Note: "The same, later: the recovered provider is shut off again for an outage that is over. Nothing in Polly's options helps."),
    ];

    private static async Task<string> EndLateAsync(Func<Settings, Subject> make, Action<TaskCompletionSource<string>> end)
    {
        var subject = make(new());
        var answer = new TaskCompletionSource<string>();
        var old = subject.OutcomeAsync(_ => answer.Task);
        await subject.AwaitRecoveryAsync();
        _ = subject.CallAsync(_ => new TaskCompletionSource<string>().Task);
        end(answer);
        await old;
        return $"the circuit is {subject.State}";
    }

    private static async Task<string> FailAfterRecoveryAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        var answer = new TaskCompletionSource<string>();
        var old = Enumerable.Range(0, Subject.Failures).Select(_ => subject.OutcomeAsync(_ => answer.Task)).ToArray();
        await subject.AwaitRecoveryAsync();
        await subject.OutcomeAsync();
        answer.SetException(new InvalidOperationException());
        await Task.WhenAll(old);
        return $"the circuit is {subject.State}";
    }
}

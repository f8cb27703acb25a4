namespace FlexiAI.Contrast;

/// <summary>What the code that is told of transitions can do to the calls.</summary>
internal static class CallbackBehaviours
{
    private const string OnThePool = "With FlexiAI handlers run on a thread of the pool that no caller waits for. ";

    public static IEnumerable<Behaviour> All =>
    [
        new(
            "The callback is slow",
            WaitInCallbackAsync,
            Polly: "the caller waits for it",
            FlexiAI: "the caller does not wait",
            Note: OnThePool + "With Polly, start the slow part and do not await it."),
        new(
            "The callback throws when a probe has closed the circuit",
            make => ThrowInCallbackAsync(make, "closed"),
            Polly: "the call is ended in NotSupportedException",
            FlexiAI: "the call is answered",
            Note: "The provider answered, and the answer is lost. " + OnThePool + "With Polly, let no exception leave the callback."),
        new(
            "The callback resets the circuit that it is told of",
            ResetInCallbackAsync,
            Polly: "callback and caller wait for ever",
            FlexiAI: "the circuit is closed",
            Note: "Polly runs callbacks one after another and lets whoever caused one wait for it; the reset causes the next one. With Polly, "
                + "do not await the reset, nor any call through the circuit, in a callback."),
    ];

    private static async Task<string> WaitInCallbackAsync(Func<Settings, Subject> make)
    {
        var gate = new TaskCompletionSource();
        var subject = make(new() { OnChange = _ => gate.Task });
        await subject.FailAsync();
        var done = await subject.HappensAsync(subject.FailAsync());
        gate.SetResult();
        return done ? "the caller does not wait" : "the caller waits for it";
    }

    private static async Task<string> ThrowInCallbackAsync(Func<Settings, Subject> make, string state)
    {
        var subject = make(new() { OnChange = to => to == state ? throw new NotSupportedException() : Task.CompletedTask });
        await subject.AwaitRecoveryAsync();
        return $"the call is {await subject.OutcomeAsync()}";
    }

    private static async Task<string> ResetInCallbackAsync(Func<Settings, Subject> make)
    {
        Subject? subject = null;
        var done = new TaskCompletionSource();
        subject = make(new()
        {
            OnChange = async to =>
            {
                if (to == "open")
                {
                    await subject!.ResetAsync();
                    done.SetResult();
                }
            },
        });
        await subject.FailAsync();
        var calls = Task.WhenAll(subject.FailAsync(), done.Task);
        return await subject.HappensAsync(calls) ? $"the circuit is {subject.State}" : "callback and caller wait for ever";
    }
}

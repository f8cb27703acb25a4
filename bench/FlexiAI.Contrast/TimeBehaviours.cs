namespace FlexiAI.Contrast;

/// <summary>How long a break is, and what opens it, as time goes by.</summary>
internal static class TimeBehaviours
{
    private const int Rare = 20;

    public static IEnumerable<Behaviour> All =>
    [
        new(
            "The wall clock is set back an hour in a break of 5 s",
            SetClockBackAsync,
            Polly: "a call is answered after 3,605 s",
            FlexiAI: "a call is answered after 5 s",
            Note: "Polly reads the wall clock, FlexiAI the monotonic one. With Polly, give the builder a `TimeProvider` whose `GetUtcNow` "
                + "counts `GetTimestamp` on from the start."),
        new(
            "Failures in a row, one a minute",
            FailRarelyAsync,
            Polly: $"after {Rare} failures the circuit is closed",
            FlexiAI: "after 2 failures the circuit is open",
            Note: "By design: Polly weighs the share of failures in a sampling time (here its default, 30 s), which suits heavy traffic; "
                + "FlexiAI counts failures in a row, which suits calls that are rare and dear. With Polly, lengthen `SamplingDuration`."),
        new(
            "The failures say that the provider is not to be called for 60 s (Retry-After), the break is 5 s",
            NameATimeAsync,
            Polly: "the provider is called after 5 s",
            FlexiAI: "the provider is called after 60 s",
            Note: "Polly knows no provider. Its `BreakDurationGenerator` is not given the failure; `ShouldHandle` can leave the time for it in "
                + "the context's properties."),
    ];

    private static async Task<string> SetClockBackAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        await subject.OpenAsync();
        subject.Clock.SetWallClock(TimeSpan.FromHours(-1));
        return $"a call is answered after {await subject.FirstAnswerAsync()}";
    }

    private static async Task<string> FailRarelyAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        var failures = 0;
        while (failures < Rare && subject.State == "closed")
        {
            await subject.FailAsync();
            failures++;
            subject.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return $"after {failures} failures the circuit is {subject.State}";
    }

    private static async Task<string> NameATimeAsync(Func<Settings, Subject> make)
    {
        var subject = make(new());
        await subject.OpenAsync(new RetryAfterException(TimeSpan.FromSeconds(60)));
        return $"the provider is called after {await subject.FirstAnswerAsync()}";
    }
}

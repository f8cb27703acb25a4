using FlexiAI.Testing;
using static FlexiAI.FaultWall.Demands;

namespace FlexiAI.FaultWall;

/// <summary>The primary says no, or nothing.</summary>
internal static class RefusalFaults
{
    private static readonly TimeSpan HammeringTime = TimeSpan.FromSeconds(3);

    public static IReadOnlyList<WallFault> All { get; } =
    [
        WallFault.Of(1, "429 with Retry-After 2 s, once", "the primary's answer, asked again no sooner than after 1.8 s", _ => Always(
            faults => faults.Next(Fault.RateLimited(TimeSpan.FromSeconds(2))),
            AnsweredBy(Entries.Primary), Attempts(2, 0), Listed(), Pause(TimeSpan.FromSeconds(1.8)))),
        WallFault.Of(2, "429 for ever, a request every half second", "the backup's answers; at most 4 attempts reach the primary in 3 s", _ => Always(
            faults => faults.Always(Fault.RateLimited(TimeSpan.FromSeconds(1))),
            AnsweredBy(Entries.Backup), AtMost(4, HammeringTime), Listed()) with { Play = AskFor3SecondsAsync }),
        WallFault.Of(3, "500, once", "the primary's answer", _ => Always(
            faults => faults.Next(Fault.Status(500)),
            AnsweredBy(Entries.Primary), Attempts(2, 0), Listed())),
        WallFault.Of(4, "503 for ever", "the backup's answer", _ => Always(
            faults => faults.Always(Fault.Status(503)),
            AnsweredBy(Entries.Backup), Attempts(3, 1), Listed())),
        WallFault.Of(5, "the connection is reset before the headers, once", "an answer", _ => Always(
            faults => faults.Next(Fault.Reset()),
            Answered(), Listed())),
        WallFault.Of(12, "400: the context is too long", "the backup's answer; the primary is not asked again", _ => Always(
            faults => faults.Always(Fault.ContextTooLong()),
            AnsweredBy(Entries.Backup), Attempts(1, 1), Listed())),
        WallFault.Of(13, "400: against the content policy", "the provider's reason, after one attempt", pair => Always(
            faults => faults.Always(Fault.ContentFiltered()),
            Refused(RefusalFor(pair.Caller), PolicyOf(pair.Primary)), Attempts(1, 0))),
        WallFault.Of(16, "503 for ever; who answered?", "an answer that names the backup's model and carries its usage", _ => Always(
            faults => faults.Always(Fault.Overloaded()),
            AnsweredBy(Entries.Backup), ModelAndUsageOf(Entries.Backup), Listed())),
    ];

    private static Scene Always(Action<FaultScript> breaks, params Demand[] demands) => new() { Name = "", Break = breaks, Demands = demands };

    private static async Task AskFor3SecondsAsync(Stand stand)
    {
        for (var at = TimeSpan.Zero; at < HammeringTime; at += TimeSpan.FromSeconds(0.5))
        {
            stand.Clock.AdvanceTo(at);
            await stand.AskAsync();
        }
    }

    // Anthropic's wire has no word of its own for it.
    private static FailureKind RefusalFor(WallCaller caller) =>
        caller == WallCaller.Anthropic ? FailureKind.InvalidRequest : FailureKind.ContentFiltered;

    /// <summary>The vendors' own words, Google's from the <c>promptFeedback</c> of a status 200.</summary>
    private static string PolicyOf(SimulatedWire wire) => wire switch
    {
        SimulatedWire.OpenAI => "Your request was rejected as a result of our safety system.",
        SimulatedWire.Anthropic => "Output blocked by content filtering policy",
        _ => "PROHIBITED_CONTENT",
    };
}

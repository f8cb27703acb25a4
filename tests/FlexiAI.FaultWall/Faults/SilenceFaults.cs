using FlexiAI.Testing;
using static FlexiAI.FaultWall.Demands;

namespace FlexiAI.FaultWall;

/// <summary>The primary takes its time.</summary>
internal static class SilenceFaults
{
    private static readonly TimeSpan FirstToken = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<WallFault> All { get; } =
    [
        WallFault.Of(6, "the connection is accepted, then silence for 120 s", "the backup's answer after our timeout; the primary is asked once", _ => new Scene
        {
            Name = "",
            Break = faults => faults.Always(Fault.Delay(TimeSpan.FromSeconds(120))),
            Meanwhile = (stand, ended) => AfterArrivalAsync(stand, TimeSpan.FromSeconds(60), ended),
            Demands = [AnsweredBy(Entries.Backup), Attempts(1, 1), Listed(), Within(TimeSpan.FromSeconds(90))],
        }),
        new WallFault(7, "the first token comes after 20 s, and 10 s are allowed", "the backup's answer within 15 s", _ => [new Scene
        {
            Name = "streamed",
            FirstToken = FirstToken,
            Break = faults => faults.Always(Fault.SlowFirstToken(TimeSpan.FromSeconds(20))),
            Meanwhile = (stand, ended) => AfterArrivalAsync(stand, FirstToken, ended),
            Demands = [AnsweredBy(Entries.Backup), Attempts(1, 1), Listed(), Within(TimeSpan.FromSeconds(15))],
        }]),
    ];

    // The client's limit runs from before the request arrives: at its end the clock has gone on by just that.
    private static async Task AfterArrivalAsync(Stand stand, TimeSpan limit, CancellationToken ended)
    {
        await stand.Primary.WaitForRequestsAsync(1, ended);
        stand.Clock.Advance(limit);
    }
}

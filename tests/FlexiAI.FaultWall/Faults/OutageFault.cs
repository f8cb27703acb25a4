using FlexiAI.Testing;
using static FlexiAI.FaultWall.Demands;

namespace FlexiAI.FaultWall;

/// <summary>The primary is down for a minute, with a request every four seconds, during it and after.</summary>
internal static class OutageFault
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);

    public static WallFault Instance { get; } = WallFault.Of(
        15,
        "down for 60 s, a request every 4 s",
        "every answer; at most 6 attempts reach the dead primary, which serves again within 30 s of its recovery",
        _ => new Scene
        {
            Name = "",
            Break = faults => faults.Outage(TimeSpan.Zero, Outage),
            Play = PlayAsync,
            Demands = [Answered(), AtMost(6, Outage), Listed(), PrimaryServes],
        });

    private static async Task PlayAsync(Stand stand)
    {
        for (var at = TimeSpan.Zero; at <= Outage + Return && !stand.Replies.Any(IsBack); at += Between)
        {
            stand.Clock.AdvanceTo(at);
            await stand.AskAsync();
        }
    }

    private static bool IsBack(Reply reply) => reply is { Error: null, Provider: Entries.Primary } && reply.Asked >= Outage;

    private static string? PrimaryServes(Evidence evidence) => evidence.Replies.Any(IsBack) ? null : "the primary did not serve again";
}

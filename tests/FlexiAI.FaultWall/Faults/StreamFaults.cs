using FlexiAI.Testing;
using static FlexiAI.FaultWall.Demands;

namespace FlexiAI.FaultWall;

/// <summary>The primary's stream does not end as it should.</summary>
internal static class StreamFaults
{
    private const string WholeOrError = "the whole answer, every word once; without recovery a StreamInterruptedException with what was received";

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<WallFault> All { get; } =
    [
        new(8, "the stream dies at token 40 of 60", WholeOrError, _ =>
        [
            .. Recovered(Dying),
            Dying with
            {
                Name = "ignored",
                BackupAcceptsPrefill = true,
                BackupPrefill = SimulatedPrefill.Ignore,
                Demands = [Answered(), Attempts(1, 1), BackupAsked(true), .. Accounts],
            },
            AtTheEnd("prefill at the last word", SimulatedPrefill.Continue),
            AtTheEnd("ignored at the last word", SimulatedPrefill.Ignore),
            Restarted(Dying) with { Name = "restart at the last word", Break = faults => faults.Always(Fault.CutAfter(Answers.Tokens)) },
            Restarted(Dying) with { Name = "closed", Break = faults => faults.Always(Fault.TruncatedBody(40)) },
            Restarted(Dying) with { Name = "ended", Break = faults => faults.Always(Fault.EndAfter(40)) },
            Restarted(Dying) with { Name = "error event", Break = faults => faults.Always(Fault.ErrorEventAfter(40)) },
        ]),
        new(9, "the stream falls silent at token 20", $"after {Idle.TotalSeconds} s as in 8", pair => Recovered(new Scene
        {
            Name = "",
            Break = faults => faults.Always(Fault.StallAfter(20)),
            Meanwhile = async (stand, ended) =>
            {
                await stand.WaitsAfterAsync(Answers.First(20), ended);
                await stand.PassAsync(Idle, ended);
            },
            Demands = [Within(Idle * (pair.Caller == WallCaller.Library ? 1.5 : 2.5))],
        })),
        new(10, "the tenth chunk is not JSON", "as in 8", _ => Recovered(new Scene
        {
            Name = "",
            Break = faults => faults.Always(Fault.BrokenChunkAfter(9)),
            Demands = [],
        })),
        new(11, "the answer is whole, only its [DONE] is missing", "the answer at once, with its usage", _ => [new Scene
        {
            Name = "streamed",
            Break = faults => faults.Always(Fault.WithoutDone()),
            Demands = [AnsweredBy(Entries.Primary), Attempts(1, 0), Listed(), ModelAndUsageOf(Entries.Primary), Within(TimeSpan.Zero)],
        }]),
        new(14, "as 8, but the backup rejects a trailing assistant message", "the whole answer, every word once, told from the beginning on the second request", _ =>
        [
            Dying with
            {
                Name = "rejected",
                BackupAcceptsPrefill = true,
                BackupPrefill = SimulatedPrefill.Reject,
                Demands = [Answered(), Attempts(1, 2), BackupAsked(true, false), .. Accounts],
            },
            Failing(Dying),
        ]),
        new(17, "as 8, but the backup tells something else", "a StreamInterruptedException with what was received, never a mixture", _ =>
        [
            Diverging("other words", Answers.DivergingAfter(20)),
            Diverging("nothing alike", Answers.DivergingAfter(0)),
            Diverging("too short", Answers.First(30)),
        ]),
    ];

    /// <summary>What a recovered answer says of how it came about.</summary>
    private static Demand[] Accounts => [UsageWith(Entries.Backup), Listed()];

    private static Scene Dying => new() { Name = "", Break = faults => faults.Always(Fault.CutAfter(40)), Demands = [] };

    /// <summary>Both ways of recovery, each on a backup of any type, and none.</summary>
    private static IReadOnlyList<Scene> Recovered(Scene scene) =>
    [
        scene with
        {
            Name = "prefill",
            BackupAcceptsPrefill = true,
            BackupPrefill = SimulatedPrefill.Continue,
            Demands = [.. scene.Demands, Answered(), Attempts(1, 1), BackupAsked(true), .. Accounts],
        },
        Restarted(scene),
        Failing(scene),
    ];

    private static Scene Restarted(Scene scene) => scene with
    {
        Name = "restart",
        BackupAcceptsPrefill = false,
        Demands = [.. scene.Demands, Answered(), Attempts(1, 1), BackupAsked(false), .. Accounts],
    };

    /// <summary>All words are there, and only the finish reason is missing: there is nothing to go on with.</summary>
    private static Scene AtTheEnd(string name, SimulatedPrefill prefill) => Dying with
    {
        Name = name,
        BackupAcceptsPrefill = true,
        BackupPrefill = prefill,
        Break = faults => faults.Always(Fault.CutAfter(Answers.Tokens)),
        Demands = [Answered(), Listed()],
    };

    private static Scene Failing(Scene scene) =>
        scene with { Name = "without recovery", Recovery = StreamRecovery.Fail, Demands = [.. scene.Demands, Interrupted(), Attempts(1, 0), Listed()] };

    // Closed and not reset, which may take some of the forty words with it: the backup must know fewer than the caller.
    private static Scene Diverging(string name, string answer) => Dying with
    {
        Name = name,
        Break = faults => faults.Always(Fault.TruncatedBody(40)),
        BackupAcceptsPrefill = false,
        BackupAnswer = answer,
        Demands = [Interrupted(), Attempts(1, 1), BackupAsked(false), Listed()],
    };
}

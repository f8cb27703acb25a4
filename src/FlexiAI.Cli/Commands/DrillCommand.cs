using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary><c>flexiai drill</c>: an outage and the recovery from it, before one's eyes.</summary>
internal static class DrillCommand
{
    private static readonly Option<bool> Fast = new("--fast") { Description = "Shortens the recovery time: about 15 seconds in all instead of 80." };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per line instead of a view." };

    private static readonly Option<string> Mode = SharedOptions.Choice(
        "--mode",
        "When a failing request goes on to the backup: immediately, or only once the circuit is open, so that three requests fail.",
        "immediate",
        "when-open");

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "drill",
            "Runs an outage: openai falls silent, its circuit opens, anthropic answers, openai recovers. Both are simulated on this machine, "
            + "over real HTTP. Exit code 0 if everything went as it must.")
        {
            Fast, Mode, Json,
        };
        command.SetWork(terminal, (parsed, cancelled) => RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        var mode = parsed.GetValue(Mode) == "when-open" ? FailoverMode.WhenOpen : FailoverMode.Immediate;
        var plan = DrillPlan.Create(mode, parsed.GetValue(Fast));
        IDrillView view = parsed.GetValue(Json) ? new JsonDrillView(terminal.Out)
            : terminal.IsRich ? new LiveDrillView(terminal.Console)
            : new PlainDrillView(terminal.Out);
        var stage = await DrillStage.StartAsync(plan, cancelled).ConfigureAwait(false);
        await using var end = stage.ConfigureAwait(false);
        var verdict = await Drill.RunAsync(stage, view, cancelled).ConfigureAwait(false);
        foreach (var surprise in verdict.Surprises)
        {
            FailureReport.Line(terminal.Error, surprise);
        }

        return verdict.Passed ? ExitCodes.Success : ExitCodes.Failure;
    }
}

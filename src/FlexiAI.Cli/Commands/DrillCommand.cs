using System.CommandLine;
using Microsoft.Extensions.Options;

namespace FlexiAI.Cli;

/// <summary><c>flexiai drill</c>: an outage and the recovery from it, before one's eyes.</summary>
internal static class DrillCommand
{
    private const int FewestWorkers = 2;
    private const int MostWorkers = 16;

    private static readonly Option<bool> Fast = new("--fast") { Description = "Shortens the recovery time: about 15 seconds in all instead of 80." };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per line instead of a view." };

    private static readonly Option<string> Mode = SharedOptions.Choice(
        "--mode",
        "When a failing request goes on to the backup: immediately, or only once the circuit is open, so that three requests fail.",
        "immediate",
        "when-open");

    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Runs the outage in several processes that share their circuits through Redis: 2 to 16.",
        HelpName = "number",
    };

    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = "With --workers: the Redis to use, 7 or newer. Default: a redis-server from the PATH, started for the drill and ended with it.",
        HelpName = "host:port",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "drill",
            "Runs an outage: openai falls silent, its circuit opens, anthropic answers, openai recovers. Both are simulated on this machine, "
            + "over real HTTP. Exit code 0 if everything went as it must.")
        {
            Fast, Mode, Json, Workers, Redis,
        };
        command.SetWork(terminal, (parsed, cancelled) =>
            parsed.GetValue(Workers) is { } workers ? RunFleetAsync(workers, parsed, terminal, cancelled) : RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        if (parsed.GetValue(Redis) is { } redis)
        {
            throw new InputException($"--redis is \"{redis}\" without --workers; allowed: both.");
        }

        var mode = parsed.GetValue(Mode) == "when-open" ? FailoverMode.WhenOpen : FailoverMode.Immediate;
        var plan = DrillPlan.Create(mode, parsed.GetValue(Fast));
        IDrillView view = parsed.GetValue(Json) ? new JsonDrillView(terminal.Out)
            : terminal.IsRich ? new LiveDrillView(terminal.Console)
            : new PlainDrillView(terminal.Out);
        var stage = await DrillStage.StartAsync(plan, cancelled).ConfigureAwait(false);
        await using var end = stage.ConfigureAwait(false);
        var verdict = await Drill.RunAsync(stage, view, cancelled).ConfigureAwait(false);
        return Judge(verdict, terminal);
    }

    private static async Task<int> RunFleetAsync(int workers, ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        if (workers is < FewestWorkers or > MostWorkers)
        {
            throw new InputException(FormattableString.Invariant($"--workers is \"{workers}\"; allowed: {FewestWorkers} to {MostWorkers}."));
        }

        if (parsed.GetValue(Mode) is "when-open")
        {
            throw new InputException("--mode is \"when-open\" with --workers; allowed: immediate.");
        }

        CheckRedis(parsed.GetValue(Redis));
        IFleetView view = parsed.GetValue(Json) ? new JsonFleetView(terminal.Out) : new PlainFleetView(terminal.Out);
        var plan = FleetPlan.Create(workers, parsed.GetValue(Fast));
        var stage = await FleetStage.StartAsync(plan, parsed.GetValue(Redis), WorkerProgram.Current(), cancelled).ConfigureAwait(false);
        await using var end = stage.ConfigureAwait(false);
        view.Title(stage);
        return Judge(await FleetDrill.RunAsync(stage, view, cancelled).ConfigureAwait(false), terminal);
    }

    // Not shown where it is wrong: it may hold a password.
    private static void CheckRedis(string? redis)
    {
        try
        {
            _ = redis is null ? null : new FlexiOptions().ShareCircuits(options => options.ConnectionString = redis);
        }
        catch (OptionsValidationException)
        {
            throw new InputException("--redis cannot be read; allowed: host:port, or another connection string of StackExchange.Redis.");
        }
    }

    private static int Judge(DrillVerdict verdict, Terminal terminal)
    {
        foreach (var surprise in verdict.Surprises)
        {
            FailureReport.Line(terminal.Error, surprise);
        }

        return verdict.Passed ? ExitCodes.Success : ExitCodes.Failure;
    }
}

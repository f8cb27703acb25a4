using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary>What <c>flexiai drill --workers</c> starts this program as. Not for people, so no help shows it.</summary>
internal static class WorkerCommand
{
    public const string Name = "drill-worker";

    public static Command Create(Terminal terminal)
    {
        var command = new Command(Name, "One process of a drill.") { Hidden = true };
        command.SetWork(terminal, async (_, cancelled) =>
        {
            using var input = new System.IO.StreamReader(Console.OpenStandardInput());
            using var worker = new DrillWorker(input, terminal.Out);
            await worker.RunAsync(cancelled).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }
}

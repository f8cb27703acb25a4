using System.CommandLine;
using System.CommandLine.Invocation;

namespace FlexiAI.Cli;

/// <summary>The <c>flexiai</c> command: parses, runs, and turns every ending into an exit code.</summary>
internal static class FlexiCommand
{
    // A prompt that begins with "@" is a prompt, not the name of a file with arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var terminal = Terminal.Open();
        var parsed = Create(terminal).Parse(arguments, Parsing);
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(parsed, terminal.Error);
        }

        var running = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Out, Error = terminal.Error };
        if (parsed.CommandResult.Command.Name == ServeCommand.Name)
        {
            // The host heeds signals itself, and takes the time that running requests need.
            running.ProcessTerminationTimeout = null;
        }

        return await parsed.InvokeAsync(running).ConfigureAwait(false);
    }

    private static RootCommand Create(Terminal terminal) => new("Keeps GenAI applications answering while their providers fail.")
    {
        ChatCommand.Create(terminal),
        ServeCommand.Create(terminal),
        DrillCommand.Create(terminal),
        WorkerCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        StatusCommand.Create(terminal),
        WatchCommand.Create(terminal),
        OperationCommands.Reset(terminal),
        OperationCommands.Isolate(terminal),
        OperationCommands.Promote(terminal),
    };

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        // A word that is no command is told twice: as unknown, and as a command that is missing.
        var messages = parsed.Errors.Select(e => e.Message).ToList();
        foreach (var message in messages.Where((message, i) => i == messages.Count - 1 || !messages[(i + 1)..].Any(later => later.StartsWith("Unrecognized", StringComparison.Ordinal))))
        {
            FailureReport.Line(error, message);
        }

        var path = parsed.CommandResult.Parent is null ? "" : $" {parsed.CommandResult.Command.Name}";
        error.WriteLine($"Try: flexiai{path} --help");
        return ExitCodes.BadInput;
    }
}

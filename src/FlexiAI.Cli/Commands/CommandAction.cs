using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary>Runs a command's work; whatever it throws becomes a message and an exit code.</summary>
internal static class CommandAction
{
    public static void SetWork(this Command command, Terminal terminal, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction(async (parsed, cancelled) =>
        {
            try
            {
                return await work(parsed, cancelled).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                return FailureReport.Write(terminal.Error, e, cancelled);
            }
            finally
            {
                await terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
        });
}

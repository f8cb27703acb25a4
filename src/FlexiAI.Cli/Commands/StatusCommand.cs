using System.CommandLine;
using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary><c>flexiai status</c>: the providers as configured. It asks none of them.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of a table." };
    private static readonly Option<string?> Config = SharedOptions.Config();

    public static Command Create(Terminal terminal)
    {
        var command = new Command("status", "Shows the configured providers and where their keys come from; never a key.") { Json, Config };
        command.SetWork(terminal, (parsed, _) => RunAsync(parsed, terminal));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal)
    {
        var status = StatusReport.Of(SetupReader.Read(parsed.GetValue(Config)), Environment.GetEnvironmentVariable);
        if (parsed.GetValue(Json))
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(status, StatusJson.Default.StatusReport)).ConfigureAwait(false);
        }
        else
        {
            StatusTable.Write(terminal, status);
        }

        foreach (var problem in status.Problems)
        {
            FailureReport.Line(terminal.Error, problem);
        }

        return status.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.BadInput;
    }
}

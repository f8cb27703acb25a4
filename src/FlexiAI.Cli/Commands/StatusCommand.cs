using System.CommandLine;
using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary><c>flexiai status</c>: the providers as configured, or with <c>--url</c> as a running gateway has them. It asks none of them.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of a table." };
    private static readonly Option<string?> Config = SharedOptions.Config();

    private static readonly Option<string?> Url = SharedOptions.Url(
        $"A running gateway's address: shows that gateway instead. Its admin key is taken from {AdminKey.Variable}.");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("status", "Shows the configured providers and where their keys come from; never a key. With --url, a running gateway.") { Json, Config, Url };
        command.SetWork(terminal, (parsed, cancelled) =>
            parsed.GetValue(Url) is { } url ? AskAsync(url, parsed, terminal, cancelled) : RunAsync(parsed, terminal));
        return command;
    }

    private static async Task<int> AskAsync(string url, ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        if (parsed.GetValue(Config) is { } path)
        {
            throw new InputException($"--config is \"{path}\" with --url; allowed: one of them.");
        }

        using var gateway = RemoteGateway.Open(url, Environment.GetEnvironmentVariable);
        var status = await gateway.GetStatusAsync(cancelled).ConfigureAwait(false);
        await RemoteView.WriteAsync(terminal, gateway, status, parsed.GetValue(Json), cancelled).ConfigureAwait(false);
        return ExitCodes.Success;
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

using System.Globalization;
using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>Shows a <see cref="StatusReport"/> to a person: a drawn table on a terminal, columns of plain text elsewhere.</summary>
internal static class StatusTable
{
    public static void Write(Terminal terminal, StatusReport status)
    {
        terminal.Out.WriteLine(Printable.Of(Source(status)));
        terminal.Console.Write(Table(status, terminal.IsRich ? TableBorder.Rounded : TableBorder.None));
        terminal.Out.WriteLine($"Failover mode: {status.FailoverMode}.");
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Circuit breaker: {status.CircuitBreaker.FailureThreshold} failures open it, {status.CircuitBreaker.RecoveryTimeout:0.###} s until recovery is tested, {status.CircuitBreaker.HalfOpenMaxCalls} at once to test it."));
    }

    private static string Source(StatusReport status) => status.Source switch
    {
        "file" => $"Providers from {status.Path}:",
        "environment" => "Providers from environment variables:",
        _ => $"{SetupReader.NothingConfigured} These are simulated on this machine:",
    };

    private static Table Table(StatusReport status, TableBorder border)
    {
        var table = new Table().Border(border).AddColumns("Name", "Type", "Model", "Priority", "Base URL", "Key");
        foreach (var provider in status.Providers)
        {
            var address = provider.BaseUrl ?? (status.Source == "simulation" ? "this machine" : "the vendor's");
            string[] cells =
            [
                provider.Name, provider.Type, provider.Model, provider.Priority.ToString(CultureInfo.InvariantCulture), address, Key(provider.Key),
            ];
            table.AddRow(cells.Select(cell => new Text(Printable.Of(cell))));
        }

        return table;
    }

    private static string Key(KeyReport key) => key.Present ? $"present ({key.From})" : key.Needed ? "missing" : key.From ?? "none needed";
}

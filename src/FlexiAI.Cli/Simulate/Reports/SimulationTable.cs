using System.Globalization;
using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>Shows a <see cref="SimulationReport"/> to a person: drawn tables on a terminal, columns of plain text elsewhere.</summary>
internal static class SimulationTable
{
    public static void Write(Terminal terminal, SimulationReport report)
    {
        var circuit = report.CircuitBreaker;
        terminal.Out.WriteLine(Printable.Of(report.Title));
        terminal.Out.WriteLine(Text($"{report.Whole.Requests:#,0} requests within {Clock(report.Duration)}, seed {report.Seed}. Failover mode: {report.FailoverMode}."));
        terminal.Out.WriteLine(Text($"Circuit breaker: {circuit.FailureThreshold} failures open it, {Seconds(circuit.RecoveryTimeout)} until recovery is tested, {circuit.HalfOpenMaxCalls} at once to test it."));
        terminal.Out.WriteLine();
        var border = terminal.IsRich ? TableBorder.Rounded : TableBorder.None;
        foreach (var table in new[] { Requests(report), Latencies(report.Latency), Providers(report), Episodes(report) })
        {
            terminal.Console.Write(table.Border(border));
            terminal.Out.WriteLine();
        }
    }

    private static Table Requests(SimulationReport report) => Fill(
        ["Requests", "Number", "Answered", "Failed", "Availability"],
        [Row("all", report.Whole), Row("during the incident", report.During)]);

    private static string[] Row(string name, RequestCount count) =>
        [name, Number(count.Requests), Number(count.Answered), Number(count.Failed), Percent(count.Availability, "0.000")];

    private static Table Latencies(LatencyReport latency) => Fill(
        ["Latency of answers during the incident", "p50", "p99"],
        [
            ["with it", Seconds(latency.P50), Seconds(latency.P99)],
            ["without it", Seconds(latency.UndisturbedP50), Seconds(latency.UndisturbedP99)],
            ["added", Seconds(latency.AddedP50), Seconds(latency.AddedP99)],
        ]);

    private static Table Providers(SimulationReport report) => Fill(
        ["Provider", "Answers", "Share", "Attempts", "while disturbed", "of these failed", "Tokens paid", "thrown away", "Circuit opened"],
        [
            .. report.Providers.Select(entry => new[]
            {
                entry.Name, Number(entry.Answered), Percent(entry.Share, "0.0"), Number(entry.Attempts), Number(entry.AttemptsWhileDisturbed),
                Number(entry.FailedWhileDisturbed), Number(entry.Tokens), Number(entry.TokensThrownAway), Text($"{entry.CircuitOpenings:#,0} times"),
            }),
        ]);

    private static Table Episodes(SimulationReport report) => Fill(
        ["Disturbed", "from", "to", "first answer by another", "steady", "first answer after its end", "steady"],
        [
            .. report.Episodes.Select(episode => new[]
            {
                episode.Provider, Clock(episode.From), Clock(episode.To), Seconds(episode.FailoverFirst), Seconds(episode.FailoverSteady),
                Seconds(episode.ReturnFirst), Seconds(episode.ReturnSteady),
            }),
        ]);

    private static Table Fill(string[] columns, string[][] rows)
    {
        var table = new Table();
        foreach (var (column, i) in columns.Select((column, i) => (column, i)))
        {
            table.AddColumn(column, cells => cells.Alignment(i == 0 ? Justify.Left : Justify.Right));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable.Of(cell))));
        }

        return table;
    }

    private static string Number(long number) => Text($"{number:#,0}");

    private static string Percent(double? share, string format) => share is { } known ? $"{(known * 100).ToString(format, CultureInfo.InvariantCulture)} %" : "none";

    private static string Seconds(double? seconds) => seconds is { } known ? Text($"{known:0.###} s") : "never";

    private static string Clock(double seconds) => TimeSpan.FromSeconds(seconds).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

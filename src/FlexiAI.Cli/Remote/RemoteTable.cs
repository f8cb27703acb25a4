using System.Globalization;
using Spectre.Console;
using GatewayProvider = FlexiAI.ProviderReport;
using GatewayStats = FlexiAI.StatsReport;
using GatewayStatus = FlexiAI.StatusReport;

namespace FlexiAI.Cli;

/// <summary>A running gateway's providers in a table.</summary>
internal static class RemoteTable
{
    /// <param name="status">The state.</param>
    /// <param name="stats">The sums.</param>
    /// <param name="age">How long ago the state was that.</param>
    /// <param name="border">What it is drawn with.</param>
    public static Table Of(GatewayStatus status, GatewayStats stats, TimeSpan age, TableBorder border)
    {
        var table = new Table().Border(border).AddColumns("Name", "Type", "Model", "Priority", "Circuit", "Failures", "Next test", "Answered", "Failed", "Mean");
        var sums = stats.Providers.ToLookup(sum => sum.Name, StringComparer.Ordinal);
        foreach (var provider in status.Providers)
        {
            var (circuit, sum) = (provider.Circuit, sums[provider.Name].FirstOrDefault());
            table.AddRow(
                Cell(provider.Simulated ? $"{provider.Name} (simulated)" : provider.Name),
                Cell(provider.Type),
                Cell(provider.Model ?? "its own"),
                Cell(string.Create(CultureInfo.InvariantCulture, $"{provider.Priority}{(provider.Promoted ? ", asked first" : "")}")),
                new Markup(DrillMarkup.State(Printable.Line(circuit.State))),
                Cell(string.Create(CultureInfo.InvariantCulture, $"{circuit.Failures}/{circuit.Threshold}")),
                Cell(NextTest(provider, age)),
                Cell(Number(sum?.Succeeded)),
                Cell(Number(sum?.Failures.Values.Sum())),
                Cell(sum?.AverageLatencyMs is { } mean ? string.Create(CultureInfo.InvariantCulture, $"{mean:0} ms") : ""));
        }

        return table;
    }

    private static Text Cell(string text) => new(Printable.Line(text));

    private static string Number(long? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);

    private static string NextTest(GatewayProvider provider, TimeSpan age) => (provider.Circuit.RetryAfterSeconds - age.TotalSeconds) switch
    {
        > 0 and var wait => string.Create(CultureInfo.InvariantCulture, $"in {wait:0} s"),
        not null when provider.Circuit.State == "open" => "with the next request",
        not null when provider.Circuit.State == "half-open" => "now",
        _ => "",
    };
}

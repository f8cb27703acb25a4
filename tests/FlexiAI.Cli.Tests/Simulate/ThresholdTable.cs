using System.Globalization;
using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>A table on the page: each row names further options of one command, each column a figure that the command reports.</summary>
internal static class ThresholdTable
{
    private static readonly Dictionary<string, Func<JsonElement, string>> Columns = new()
    {
        ["Failed requests"] = report => Number(report.GetProperty("whole").GetProperty("failed")),
        ["Attempts at it while disturbed"] = report => Number(report.GetProperty("providers")[0].GetProperty("attemptsWhileDisturbed")),
        ["Its share of the answers"] = report => report.GetProperty("providers")[0].GetProperty("share").GetDouble().ToString("0.0 %", CultureInfo.InvariantCulture),
        ["Tokens thrown away"] = report => report.GetProperty("providers").EnumerateArray().Sum(entry => entry.GetProperty("tokensThrownAway").GetInt64()).ToString("#,0", CultureInfo.InvariantCulture),
        ["Circuit openings"] = report => Number(report.GetProperty("providers")[0].GetProperty("circuitOpenings")),
        ["Added p50"] = report => Seconds(report.GetProperty("latency").GetProperty("addedP50")),
        ["Added p99"] = report => Seconds(report.GetProperty("latency").GetProperty("addedP99")),
        ["Steadily failed over after"] = report => Seconds(report.GetProperty("episodes").EnumerateArray().Last().GetProperty("failoverSteady")),
        ["Steadily back after"] = report => Seconds(report.GetProperty("episodes").EnumerateArray().Last().GetProperty("returnSteady")),
    };

    public static async Task<string> FillAsync(string command, string rows)
    {
        var lines = rows.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = Cells(lines[0])[1..];
        var filled = new List<string> { $"<!-- {command} -->", lines[0], lines[1] };
        foreach (var options in lines[2..].Select(line => Cells(line)[0]))
        {
            using var flexiai = new FlexiProcess().With("DOTNET_TieredPGO", "0");
            var ending = await flexiai.RunAsync([.. command.Split(' ')[1..], .. options.Trim('`').Split(' '), "--json"]);
            Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
            var report = JsonElement.Parse(ending.Out);
            filled.Add($"| {string.Join(" | ", columns.Select(column => Columns[column](report)).Prepend(options))} |");
        }

        return string.Join('\n', filled) + "\n";
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string Number(JsonElement number) => number.GetInt64().ToString("#,0", CultureInfo.InvariantCulture);

    private static string Seconds(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Null ? "never" : seconds.GetDouble().ToString("0.0 s", CultureInfo.InvariantCulture);
}

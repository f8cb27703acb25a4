using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace FlexiAI.GatewayBench;

/// <summary>Writes what a run measured, for people and for programs.</summary>
internal static class ResultFiles
{
    private const string Begin = "<!-- gateway: written by bench/FlexiAI.GatewayBench -->";
    private const string End = "<!-- /gateway -->";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,

        // Where nothing was answered within a round.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Results results, string command, DateTimeOffset date, string loadBefore, string folder)
    {
        var run = new { date, command, machine = Machine(), loadBefore, loadAfter = Load(), results.Bars, results.Figures, results.Notes };
        File.WriteAllText(Path.Combine(folder, "gateway-results.json"), JsonSerializer.Serialize(run, Json) + "\n");
        var path = Path.Combine(folder, "RESULTS.md");
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        var start = before.IndexOf(Begin, StringComparison.Ordinal);
        var end = before.IndexOf(End, StringComparison.Ordinal);
        var part = $"{Begin}\n{Markdown(results, command, date, loadBefore)}{End}";
        File.WriteAllText(path, start >= 0 && end > start ? before[..start] + part + before[(end + End.Length)..] : $"{before.TrimEnd()}\n\n{part}\n");
    }

    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return $"{processor ?? "unknown processor"}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    private static string Markdown(Results results, string command, DateTimeOffset date, string loadBefore)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            ## The gateway beside YARP

            Written by `{command}` on {date:yyyy-MM-dd HH:mm} UTC; the gateway is `flexiai serve` as users run it, YARP 2.3.0 forwards the same requests to the same upstream.

            - Machine: {Machine()}
            - Load average: {loadBefore} before, {Load()} after. All processes and the load share the machine, so the ratios count and not the figures.
            - Each server is a process of its own. The subjects take turns within each round; a figure is the median of the rounds, a ratio the median of the rounds' ratios.
            - Whole replies are asked for by wrk. Streams are read by callers in a process of their own, since wrk tells neither when the first content came nor whether a stream had its end.

            """);
        foreach (var note in results.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        }

        text.AppendLine().AppendLine("| What | Against | Gateway | Peer | Measured | Bar | Met |").AppendLine("|---|---|---:|---:|---:|---:|---|");
        foreach (var bar in results.Bars)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {bar.What} | {bar.Against} | {bar.Ours} | {bar.Theirs} | {bar.Value:#,0.##} {bar.Unit} | {(bar.AtLeast ? "≥" : "≤")} {bar.Limit:#,0.##} {bar.Unit} | {(bar.Met ? "yes" : "**no**")} |");
        }

        text.AppendLine().AppendLine("| Figure | Median | Rounds |").AppendLine("|---|---:|---|");
        foreach (var figure in results.Figures)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {figure.Name} | {Numbers.Text(figure.Median, figure.Unit)} | {string.Join(", ", figure.Rounds.Select(round => Numbers.Text(round, "").Trim()))} |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }
}

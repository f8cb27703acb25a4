using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlexiAI.Benchmarks;

/// <summary>Writes what a run measured, for people and for programs.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What follows in the file comes from other programs and stays as it is.
    private const string NextPart = "\n## A fleet on one Redis\n";

    public static void Write(Run run, string folder)
    {
        var results = Path.Combine(folder, "RESULTS.md");
        var before = File.Exists(results) ? File.ReadAllText(results) : "";
        var rest = before.IndexOf(NextPart, StringComparison.Ordinal) is var start and >= 0 ? before[start..] : "";
        File.WriteAllText(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(run, Json) + "\n");
        File.WriteAllText(results, Markdown(run) + rest);
    }

    private static string Markdown(Run run)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Benchmarks of the engine

            Written by `{run.Command}` on {run.Date:yyyy-MM-dd HH:mm} UTC; ours and the peers in one run.

            - Machine: {run.Machine}
            - Load average: {run.LoadBefore} before, {run.LoadAfter} after. The machine is shared, so times are processor time, of the best iteration.
            - Of two threads, the time is each one's. Where other users of the machine keep the two from running at once, less contention is seen than there is.
            - What each benchmark does stands in `bench/FlexiAI.Benchmarks/Scenarios`. Answers are fresh objects each, failures fresh exceptions each.

            | What | Against | FlexiAI | Peer | Measured | Bar | Met |
            |---|---|---:|---:|---:|---:|---|

            """);
        foreach (var bar in run.Bars)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {bar.What} | {bar.Against} | {bar.Ours} | {bar.Theirs} | {bar.Value:#,0.##} {bar.Unit} | {(bar.AtLeast ? "≥" : "≤")} {bar.Limit:#,0.##} {bar.Unit} | {(bar.Met ? "yes" : "**no**")} |");
        }

        foreach (var bar in run.Bars.Where(bar => !bar.Met))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Missed: {bar.What} ({bar.Unit}). {bar.Cause ?? "No cause is known beyond the noise of the machine: run it again on a quiet one."}");
        }

        text.AppendLine().AppendLine("## Every figure").AppendLine()
            .AppendLine("| Benchmark | Time per operation | ± | Allocated |").AppendLine("|---|---:|---:|---:|");
        foreach (var figure in run.Figures)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {figure.Name} | {figure.Nanoseconds:#,0.0} ns | {figure.Spread:#,0.0} | {figure.Bytes:#,0.0} B |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }
}

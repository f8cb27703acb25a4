using System.Globalization;
using System.Text;

namespace FlexiAI.FaultWall;

/// <summary>The result of the wall as text for a terminal.</summary>
internal static class Scorecard
{
    public static string Of(IReadOnlyList<Cell> cells, TimeSpan wallTime)
    {
        var text = new StringBuilder();
        Append(text, $"{ProviderPair.OpenAI}\n\n");
        foreach (var cell in cells.Where(cell => cell.Pair == ProviderPair.OpenAI))
        {
            Append(text, $"{cell.Fault.Number,3}  {cell.Fault.Title,-60}  {Word(cell.Verdict)}  {cell.WallTime.TotalMilliseconds,5:0} ms  {cell.Attempts}\n");
        }

        var pairs = cells.Select(cell => cell.Pair).Distinct().ToList();
        var width = pairs.Max(pair => pair.ToString().Length);
        Append(text, $"\nEvery pair\n\n{new string(' ', width)}  ");
        text.AppendJoin("  ", WallFault.All.Select(fault => fault.Number.ToString(CultureInfo.InvariantCulture).PadRight(4))).Append('\n');
        foreach (var pair in pairs)
        {
            text.Append(pair.ToString().PadRight(width)).Append("  ")
                .AppendJoin("  ", cells.Where(cell => cell.Pair == pair).Select(cell => Word(cell.Verdict))).Append('\n');
        }

        foreach (var (who, cell) in Missed(cells))
        {
            text.Append(null, $"\n{cell.Fault}: {Word(cell.Verdict)} for {who}; attempts {cell.Attempts}\n   {string.Join("\n   ", cell.Reasons)}\n");
        }

        text.Append('\n').AppendJoin('\n', pairs.Select(pair => $"{pair.ToString().PadRight(width)}  {Summary([.. cells.Where(cell => cell.Pair == pair)])}"));
        Append(text, $"\n\n{cells.Count} faults played in {wallTime.TotalSeconds:0.0} s\n");
        return text.ToString();
    }

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Safe => "safe",
        _ => "fail",
    };

    /// <summary>One pair in a line.</summary>
    public static string Summary(IReadOnlyList<Cell> cells)
    {
        var (sixteen, beyond) = (cells.Where(cell => cell.Fault.Number <= WallFault.Sixteen).ToList(), cells.Where(cell => cell.Fault.Number > WallFault.Sixteen).ToList());
        var text = $"{Passed(sixteen)} of {sixteen.Count} passed";
        var (safe, failed) = (sixteen.Count(cell => cell.Verdict == Verdict.Safe), sixteen.Count(cell => cell.Verdict == Verdict.Fail));
        text += safe > 0 ? $", {safe} safe" : "";
        text += failed > 0 ? $", {failed} failed" : "";
        return beyond.Count > 0 ? $"{text}; beyond them {Passed(beyond)} of {beyond.Count}" : text;
    }

    /// <summary>What is not passed: the pairs that share a verdict and its reasons, and one of their cells.</summary>
    public static IEnumerable<(string Pairs, Cell Cell)> Missed(IReadOnlyList<Cell> cells)
    {
        var all = cells.Select(cell => cell.Pair).Distinct().Count();
        return cells.Where(cell => cell.Verdict != Verdict.Pass)
            .GroupBy(cell => (cell.Fault, cell.Verdict, cell.Attempts, string.Join('\n', cell.Reasons)))
            .Select(group => (group.Count() == all ? "every pair" : string.Join(", ", group.Select(cell => cell.Pair)), group.First()));
    }

    public static int Passed(IEnumerable<Cell> cells) => cells.Count(cell => cell.Verdict == Verdict.Pass);

    private static void Append(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}

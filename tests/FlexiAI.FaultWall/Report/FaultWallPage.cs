using System.Text;

namespace FlexiAI.FaultWall;

/// <summary>The page for users: what stands between its markers is written from a run.</summary>
internal static class FaultWallPage
{
    private const string Begin = "<!-- fault wall: written by tests/FlexiAI.FaultWall -->";
    private const string End = "<!-- end of fault wall -->";

    public static string Path { get; } = System.IO.Path.Combine(FindRoot(AppContext.BaseDirectory), "docs", "fault-wall.md");

    /// <summary>The page with its tables as they should be.</summary>
    public static string Update(string page, IReadOnlyList<Cell> cells)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return $"{page[..begin]}\n\n{Tables(cells)}\n{page[end..]}";
    }

    public static string Tables(IReadOnlyList<Cell> cells)
    {
        List<string> parts =
        [
            Full([.. cells.Where(cell => cell.Pair == ProviderPair.OpenAI)]),
            .. cells.GroupBy(cell => cell.Pair.Caller).Select(group => Matrix(TitleOf(group.Key), [.. group])),
        ];
        return string.Join('\n', parts);
    }

    private static string TitleOf(WallCaller caller) => caller == WallCaller.Library ? "Every pair" : $"{caller}'s SDK through the gateway, every pair";

    private static string Full(IReadOnlyList<Cell> cells)
    {
        var text = new StringBuilder();
        text.Append(null, $"## OpenAI → OpenAI: {Scorecard.Summary(cells)}\n\n");
        text.Append("| | What the primary does | What the caller must see | Verdict | Attempts at primary / backup |\n|---|---|---|---|---|\n");
        foreach (var cell in cells)
        {
            text.Append(null, $"| {cell.Fault.Number} | {cell.Fault.Title} | {cell.Fault.MustSee} | {Scorecard.Word(cell.Verdict)} | {cell.Attempts} |\n");
        }

        return text.ToString();
    }

    private static string Matrix(string title, IReadOnlyList<Cell> cells)
    {
        var text = new StringBuilder($"## {title}\n\n");
        var pairs = cells.GroupBy(cell => cell.Pair).ToList();
        text.Append(null, $"| | {string.Join(" | ", pairs.Select(pair => Arrows(pair.Key.Types)))} |\n");
        text.Append(null, $"|---|{string.Concat(pairs.Select(_ => "---|"))}\n");
        foreach (var fault in cells.Select(cell => cell.Fault).Distinct())
        {
            text.Append(null, $"| {fault.Number} | {string.Join(" | ", pairs.Select(pair => Scorecard.Word(pair.Single(cell => cell.Fault == fault).Verdict)))} |\n");
        }

        text.Append(null, $"| Passed of {WallFault.Sixteen} | {string.Join(" | ", pairs.Select(pair => Scorecard.Passed(pair.Where(cell => cell.Fault.Number <= WallFault.Sixteen))))} |\n");
        text.AppendJoin("", Scorecard.Missed(cells).Select(missed =>
            $"\n{missed.Cell.Fault.Number} is {Scorecard.Word(missed.Cell.Verdict)} for {Arrows(missed.Pairs)}:\n\n{string.Concat(missed.Cell.Reasons.Select(reason => $"- {reason}\n"))}"));
        return text.ToString();
    }

    private static string Arrows(object pairs) => $"{pairs}".Replace("->", "→", StringComparison.Ordinal);

    private static string FindRoot(string? folder) =>
        folder is null ? throw new InvalidOperationException("There is no FlexiAI.slnx above the program.")
        : File.Exists(System.IO.Path.Combine(folder, "FlexiAI.slnx")) ? folder
        : FindRoot(System.IO.Path.GetDirectoryName(folder));
}

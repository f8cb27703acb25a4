namespace SnippetCheck;

/// <summary>Lines of code without what a page does not show: the indentation of the whole, spaces at line ends, blank lines around.</summary>
internal static class Block
{
    public static IEnumerable<string> WithoutIndent(IReadOnlyList<string> lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "");
    }

    public static IReadOnlyList<string> WithoutBlankEdges(IReadOnlyList<string> lines) =>
        [.. lines.SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse()];
}

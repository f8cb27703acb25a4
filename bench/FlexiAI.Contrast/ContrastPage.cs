using System.Text;

namespace FlexiAI.Contrast;

/// <summary>The page for users: what stands between its markers is written from the scripts.</summary>
internal static class ContrastPage
{
    public const string Path = "docs/compared-with-polly.md";

    private const string Begin = "<!-- contrast: written by bench/FlexiAI.Contrast -->";
    private const string End = "<!-- end of contrast -->";

    /// <summary>The page with its table and notes as they should be.</summary>
    public static string Update(string page)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return $"{page[..begin]}\n\n{Table()}\n{Notes()}\n{page[end..]}";
    }

    public static string Table()
    {
        var table = new StringBuilder();
        table.Append(null, $"| | What happens | Polly.Core {PollySubject.Version} | FlexiAI |\n|---|---|---|---|\n");
        foreach (var (number, row) in Numbered())
        {
            table.Append(null, $"| {number} | {row.Title} | {row.Polly} | {row.FlexiAI} |\n");
        }

        return table.ToString();
    }

    private static string Notes() => string.Concat(Numbered().Select(item => $"{item.Number}. {item.Row.Note}\n"));

    private static IEnumerable<(int Number, Behaviour Row)> Numbered() => Behaviour.All.Select((row, i) => (i + 1, row));
}

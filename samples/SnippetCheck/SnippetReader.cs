namespace SnippetCheck;

/// <summary>
/// Reads the regions of C# files between <c>// snippet: name</c> and <c>// end snippet</c>. Regions of one name in one file are joined.
/// </summary>
internal static class SnippetReader
{
    private const string Begin = "// snippet: ";
    private const string End = "// end snippet";

    // Both are compiled, and run by tests.
    private static readonly string[] Sources = ["samples/FlexiAI.Samples", "tests/FlexiAI.Samples.Tests"];

    public static Dictionary<string, string> ReadAll(string root, List<string> problems)
    {
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Sources.SelectMany(source => Files.Under(Path.Combine(root, source), "*.cs")))
        {
            var name = Path.GetRelativePath(root, path);
            foreach (var (snippet, text) in Read(name, File.ReadAllLines(path), problems))
            {
                if (!snippets.TryAdd(snippet, text))
                {
                    problems.Add($"{name}(1): error SNIPPET02: another file has a snippet \"{snippet}\" too.");
                }
            }
        }

        return snippets;
    }

    /// <summary>The snippets of one file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string file, IReadOnlyList<string> lines, List<string> problems)
    {
        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string? open = null;
        var part = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith(Begin, StringComparison.Ordinal))
            {
                if (open is not null)
                {
                    problems.Add($"{file}({i + 1}): error SNIPPET01: a snippet begins before \"{open}\" ends.");
                }

                open = line[Begin.Length..].Trim();
                part = [];
            }
            else if (line == End && open is not null)
            {
                (parts.TryGetValue(open, out var earlier) ? earlier : parts[open] = []).AddRange(Block.WithoutIndent(part));
                open = null;
            }
            else if (open is not null)
            {
                part.Add(lines[i]);
            }
        }

        if (open is not null)
        {
            problems.Add($"{file}({lines.Count}): error SNIPPET01: the snippet \"{open}\" has no end.");
        }

        return parts.ToDictionary(entry => entry.Key, entry => string.Join('\n', Block.WithoutBlankEdges(entry.Value)), StringComparer.Ordinal);
    }
}

namespace SnippetCheck;

/// <summary>One Markdown page. Each C# block stands right under a line <c>&lt;!-- snippet: name --&gt;</c>.</summary>
internal sealed class Page(string name, string text)
{
    private const string Begin = "<!-- snippet: ";
    private const string End = " -->";

    private static readonly string[] CSharp = ["```csharp", "```cs", "```c#", "```C#"];

    public string Name => name;

    /// <summary>The page as it is, or should be.</summary>
    public string Text { get; private set; } = text;

    /// <summary>Whether <see cref="Check"/> wrote the page anew.</summary>
    public bool Changed { get; private set; }

    /// <summary>Compares the blocks with the snippets; with <paramref name="update"/> it replaces them instead.</summary>
    /// <returns>What is wrong, in the form of compiler messages.</returns>
    public IReadOnlyList<string> Check(IReadOnlyDictionary<string, string> snippets, bool update)
    {
        var problems = new List<string>();
        var lines = Text.Split('\n').ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var marker = Marker(lines[i]);
            var opensCode = i + 1 < lines.Count && IsCSharp(lines[i + 1]);
            if (marker is null)
            {
                if (IsCSharp(lines[i]) && (i == 0 || Marker(lines[i - 1]) is null))
                {
                    problems.Add($"{name}({i + 1}): error SNIPPET03: C# without a snippet; write \"{Begin}name{End}\" in the line before.");
                }
            }
            else if (!opensCode)
            {
                problems.Add($"{name}({i + 1}): error SNIPPET04: no C# block follows the snippet \"{marker}\".");
            }
            else if (!snippets.TryGetValue(marker, out var code))
            {
                problems.Add($"{name}({i + 1}): error SNIPPET05: no sample has a snippet \"{marker}\".");
            }
            else if (Compare(lines, i + 2, code, update) is { } difference)
            {
                problems.Add($"{name}({difference}): error SNIPPET06: this is not what the snippet \"{marker}\" says; run \"dotnet run --project samples/SnippetCheck -- --update\".");
            }
        }

        return problems;
    }

    /// <returns>The first line that differs, counted from 1; null if none does.</returns>
    private int? Compare(List<string> lines, int first, string code, bool update)
    {
        var end = lines.FindIndex(first, line => line.TrimEnd() == "```");
        if (end < 0)
        {
            return first;
        }

        var shown = lines.GetRange(first, end - first).ConvertAll(line => line.TrimEnd());
        var wanted = code.Split('\n');
        if (shown.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            return null;
        }

        if (!update)
        {
            var same = shown.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
            return first + same + 1;
        }

        lines.RemoveRange(first, end - first);
        lines.InsertRange(first, wanted);
        Text = string.Join('\n', lines);
        Changed = true;
        return null;
    }

    private static bool IsCSharp(string line) => CSharp.Contains(line.Trim());

    private static string? Marker(string line) =>
        line.StartsWith(Begin, StringComparison.Ordinal) && line.TrimEnd().EndsWith(End, StringComparison.Ordinal)
            ? line.TrimEnd()[Begin.Length..^End.Length].Trim()
            : null;
}

namespace FlexiAI.Samples;

/// <summary>One row of the page on configuration: a property, its key in JSON, its default.</summary>
internal sealed record OptionRow(string Property, string Key, string Default);

/// <summary>The tables of the page on configuration, by the heading above.</summary>
internal static class OptionTable
{
    private const string NoKey = "code only";

    /// <summary>The rows under a type's heading; empty if there is none. Where the table has no keys, the options are set in code only.</summary>
    public static IReadOnlyList<OptionRow> Of(string type, string page = "docs/configuration.md")
    {
        var section = Repository.Read(page).Split('\n')
            .SkipWhile(line => line != $"## {type}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .ToList();
        var keys = section.Exists(line => line.StartsWith("| Option | Key |", StringComparison.Ordinal));
        return
        [
            .. section.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => new OptionRow(
                    cells[1].Trim('`'), keys ? cells[2].Trim('`') : NoKey, cells[keys ? 3 : 2].Replace("`", "", StringComparison.Ordinal))),
        ];
    }
}

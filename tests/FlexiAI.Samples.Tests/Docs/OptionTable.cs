namespace FlexiAI.Samples;

/// <summary>One row of the page on configuration: a property, its key in JSON, its default.</summary>
internal sealed record OptionRow(string Property, string Key, string Default);

/// <summary>The tables of the page on configuration, by the heading above.</summary>
internal static class OptionTable
{
    /// <summary>The rows under a type's heading; empty if there is none.</summary>
    public static IReadOnlyList<OptionRow> Of(string type) =>
    [
        .. Repository.Read("docs/configuration.md").Split('\n')
            .SkipWhile(line => line != $"## {type}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new OptionRow(cells[1].Trim('`'), cells[2].Trim('`'), cells[3].Replace("`", "", StringComparison.Ordinal))),
    ];
}

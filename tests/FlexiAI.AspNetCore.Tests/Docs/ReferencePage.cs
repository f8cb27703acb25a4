namespace FlexiAI.Tests;

/// <summary>The page that lists what the gateway has, and the sources that it speaks of.</summary>
internal static class ReferencePage
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(DeployFiles.Root, ".."));

    public static string Text { get; } = File.ReadAllText(Path.Combine(Root, "docs", "gateway-reference.md"));

    /// <summary>The cells of the rows under a heading, without the marks of code.</summary>
    public static IReadOnlyList<string[]> Rows(string heading) =>
    [
        .. Text.Split('\n')
            .SkipWhile(line => line != $"## {heading}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal)).ToArray()),
    ];

    /// <summary>The C# files under a folder of <c>src/</c>, by name.</summary>
    public static IEnumerable<(string Name, string Code)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));
}

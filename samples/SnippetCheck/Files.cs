namespace SnippetCheck;

/// <summary>Finds files, but not those that a build wrote.</summary>
internal static class Files
{
    private static readonly string[] Skipped = ["bin", "obj", "artifacts"];

    public static IEnumerable<string> Under(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(Skipped.Contains))
            .Order(StringComparer.Ordinal)
        : [];
}

/// <summary>The pages whose code blocks are checked.</summary>
internal static class Pages
{
    public static IEnumerable<string> Find(string root) =>
        Directory.EnumerateFiles(root, "*.md").Order(StringComparer.Ordinal).Concat(Files.Under(Path.Combine(root, "docs"), "*.md"));
}

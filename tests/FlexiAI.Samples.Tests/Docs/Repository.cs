namespace FlexiAI.Samples;

/// <summary>The files of the repository that this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Paths of the pages for users, relative to the root.</summary>
    public static IEnumerable<string> Pages() => Directory.EnumerateFiles(Root, "*.md")
        .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FlexiAI.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no FlexiAI.slnx above the test.");
        }

        return folder;
    }
}

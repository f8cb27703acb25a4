using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>Where each type of the engine is declared: namespaces follow the project, so the folder is known from the source alone.</summary>
internal static partial class SourceTree
{
    public const string RootFolder = "(root)";

    public static string Root { get; } = FindRoot();

    /// <summary>From a type's name to its folder under <c>src/FlexiAI</c>.</summary>
    public static IReadOnlyDictionary<string, string> FolderOfType { get; } = ReadFolders();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FlexiAI.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The solution's folder was not found above the tests.");
    }

    private static Dictionary<string, string> ReadFolders()
    {
        var engine = Path.Combine(Root, "src", "FlexiAI");
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(engine, file).Split(Path.DirectorySeparatorChar);
            if (parts[0] is "bin" or "obj")
            {
                continue;
            }

            foreach (Match match in TypeDeclaration().Matches(File.ReadAllText(file)))
            {
                folders[match.Groups["name"].Value] = parts.Length == 1 ? RootFolder : parts[0];
            }
        }

        return folders;
    }

    [GeneratedRegex(
        @"^\s*(?:\[[^\]]*\]\s*)?(?:(?:public|internal|private|protected|sealed|abstract|static|partial|readonly|file)\s+)*(?:class|struct|record struct|record|enum|interface)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TypeDeclaration();
}

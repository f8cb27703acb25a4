namespace FlexiAI.Tests;

internal static class RepositoryRoot
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("FlexiAI.slnx is in no folder above the tests.")
        : File.Exists(System.IO.Path.Combine(folder.FullName, "FlexiAI.slnx")) ? folder.FullName
        : Find(folder.Parent);
}

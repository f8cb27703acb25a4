namespace FlexiAI.GatewayBench;

/// <summary>Where the runtime and the programs are.</summary>
internal static class DotNet
{
    /// <summary>The host that runs this program.</summary>
    public static string Path { get; } =
        Environment.ProcessPath is { } path && System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public static string This { get; } = typeof(DotNet).Assembly.Location;

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The command line program as it was built beside this one.</summary>
    public static string Cli { get; } = System.IO.Path.Combine(
        Root, "src", "FlexiAI.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "FlexiAI.Cli.dll");

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(System.IO.Path.Combine(at.FullName, "FlexiAI.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("The solution's folder was not found above the program.");
    }
}

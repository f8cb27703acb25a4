namespace FlexiAI.Tests;

/// <summary>A new project in a folder of its own that installs the packages just made, as a user's would.</summary>
internal sealed class ConsumerProject : IDisposable
{
    private ConsumerProject(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<ConsumerProject> CreateAsync(
        PackedPackages packages, string program, IEnumerable<string> references, string properties, CancellationToken token)
    {
        var folder = Directory.CreateTempSubdirectory("flexiai-consumer-").FullName;
        File.Copy(Path.Combine(Tool.Root, "tests", "FlexiAI.Packages.Tests", program, "Program.cs"), Path.Combine(folder, "Program.cs"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><add key="local" value="{packages.Folder}" /></packageSources></configuration>""",
            token);

        // A package folder of its own keeps the packages just made out of the machine's, from which it takes all others.
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Consumer.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>own-packages</RestorePackagesPath>
                <RestoreFallbackFolders>{machine}</RestoreFallbackFolders>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references.Select(id => $"""<PackageReference Include="{id}" Version="{packages.Version}" />"""))}
              </ItemGroup>
            </Project>
            """,
            token);
        return new ConsumerProject(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

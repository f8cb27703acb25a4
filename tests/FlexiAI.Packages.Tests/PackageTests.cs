namespace FlexiAI.Tests;

public class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static TheoryData<string, string[]> Dependencies => new()
    {
        {
            "FlexiAI",
            [
                "Microsoft.Extensions.AI", "Microsoft.Extensions.DependencyInjection.Abstractions",
                "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Options", "Microsoft.Extensions.Options.ConfigurationExtensions",
            ]
        },
        { "FlexiAI.OpenAI", ["FlexiAI", "Microsoft.Extensions.AI.OpenAI", "OpenAI"] },
        { "FlexiAI.Anthropic", ["Anthropic", "FlexiAI"] },
        { "FlexiAI.Google", ["FlexiAI", "Google.Apis.Auth"] },
        { "FlexiAI.Testing", ["FlexiAI"] },
        { "FlexiAI.Cli", [] },
    };

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void A_package_depends_on_what_it_uses_and_nothing_else(string id, string[] expected)
    {
        var found = packages.Nuspec(id).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!);

        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void A_package_says_what_it_is_and_under_which_licence(string id, string[] expected)
    {
        var metadata = packages.Nuspec(id).Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value);

        Assert.NotNull(expected);
        Assert.Equal(["MIT"], metadata["license"]);
        Assert.Equal(["README.md"], metadata["readme"]);
        Assert.NotEqual(["Package Description"], metadata["description"]);
        using var package = packages.Open(id, "nupkg");
        Assert.NotNull(package.GetEntry("README.md"));
    }

    [Theory]
    [InlineData("FlexiAI")]
    [InlineData("FlexiAI.OpenAI")]
    [InlineData("FlexiAI.Anthropic")]
    [InlineData("FlexiAI.Google")]
    [InlineData("FlexiAI.Testing")]
    public void A_package_has_documentation_beside_its_assembly_and_symbols_in_a_package_of_their_own(string id)
    {
        using var package = packages.Open(id, "nupkg");
        using var symbols = packages.Open(id, "snupkg");

        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{id}.pdb"));
    }

    [Fact]
    public async Task A_new_project_with_the_packages_runs_the_guides_minimal_example()
    {
        var folder = Directory.CreateTempSubdirectory("flexiai-consumer-").FullName;
        try
        {
            File.Copy(Path.Combine(Tool.Root, "tests", "FlexiAI.Packages.Tests", "Consumer", "Program.cs"), Path.Combine(folder, "Program.cs"));
            await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), ConsumerProject(), Token);

            // The packages just made come from their folder; a cache of its own keeps them out of the machine's.
            await File.WriteAllTextAsync(
                Path.Combine(folder, "nuget.config"),
                $"""<configuration><packageSources><add key="local" value="{packages.Folder}" /></packageSources></configuration>""",
                Token);

            var printed = await Tool.RunAsync("dotnet", folder, ["run", "--project", "Consumer.csproj"], Token);

            Assert.Contains("anthropic: Hello", printed, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string ConsumerProject()
    {
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string[] ids = ["FlexiAI.OpenAI", "FlexiAI.Anthropic", "FlexiAI.Google", "FlexiAI.Testing"];
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>own-packages</RestorePackagesPath>
                <RestoreFallbackFolders>{machine}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", ids.Select(id => $"""<PackageReference Include="{id}" Version="{packages.Version}" />"""))}
              </ItemGroup>
            </Project>
            """;
    }
}

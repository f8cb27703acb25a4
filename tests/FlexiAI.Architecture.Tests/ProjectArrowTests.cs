using System.Xml.Linq;

namespace FlexiAI.Tests;

public class ProjectArrowTests
{
    /// <summary>What each project may use beside the framework; build tools, whose assets stay private, are not counted.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["FlexiAI"] =
        [
            "Microsoft.Extensions.AI", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options", "Microsoft.Extensions.Options.ConfigurationExtensions",
        ],
        ["FlexiAI.OpenAI"] = ["FlexiAI", "OpenAI", "Microsoft.Extensions.AI.OpenAI"],
        ["FlexiAI.Anthropic"] = ["FlexiAI", "Anthropic"],
        ["FlexiAI.Google"] = ["FlexiAI", "Google.Apis.Auth"],
        ["FlexiAI.Redis"] = ["FlexiAI", "StackExchange.Redis"],
        ["FlexiAI.AspNetCore"] =
        [
            "FlexiAI", "Microsoft.AspNetCore.App", "OpenTelemetry.Extensions.Hosting", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "OpenTelemetry.Exporter.Prometheus.AspNetCore",
        ],
        ["FlexiAI.Testing"] = ["FlexiAI", "Microsoft.AspNetCore.App"],
        ["FlexiAI.Cli"] =
        [
            "FlexiAI", "FlexiAI.AspNetCore", "FlexiAI.OpenAI", "FlexiAI.Anthropic", "FlexiAI.Google", "FlexiAI.Redis", "FlexiAI.Testing",
            "System.CommandLine",
            "Spectre.Console", "Microsoft.Extensions.Configuration.Json", "Microsoft.Extensions.Configuration.EnvironmentVariables",
        ],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_the_architecture_allows(string project)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj"));
        var used = file.Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference")
            .Where(element => !"all".Equals((string?)element.Attribute("PrivateAssets"), StringComparison.OrdinalIgnoreCase))
            .Select(element => (string)element.Attribute("Include")!)
            .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(include) : include);

        Assert.Empty(used.Except(Allowed[project]));
    }
}

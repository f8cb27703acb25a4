using System.Runtime.InteropServices;
using FlexiAI.Fleet;
using FlexiAI.Testing;

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
        { "FlexiAI.Redis", ["FlexiAI", "StackExchange.Redis"] },
        {
            "FlexiAI.AspNetCore",
            [
                "FlexiAI", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "OpenTelemetry.Exporter.Prometheus.AspNetCore",
                "OpenTelemetry.Extensions.Hosting",
            ]
        },
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
    [InlineData("FlexiAI.Redis")]
    [InlineData("FlexiAI.AspNetCore")]
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
        using var consumer = await ConsumerProject.CreateAsync(
            packages, "Consumer", ["FlexiAI.OpenAI", "FlexiAI.Anthropic", "FlexiAI.Google", "FlexiAI.Testing"], properties: "", Token);

        var printed = await Tool.RunAsync("dotnet", consumer.Folder, ["run", "--project", "Consumer.csproj"], Token);

        Assert.Contains("anthropic: Hello", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_project_with_the_package_for_Redis_shares_a_circuit()
    {
        await using var server = await RedisServer.StartAsync();
        using var consumer = await ConsumerProject.CreateAsync(
            packages, "Shared", ["FlexiAI.OpenAI", "FlexiAI.Redis", "FlexiAI.Testing"], properties: "", Token);

        var printed = await Tool.RunAsync("dotnet", consumer.Folder, ["run", "--project", "Consumer.csproj", "--", server.Endpoint], Token);

        Assert.Contains("the other asks backup", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_program_fails_over_and_is_published_without_a_warning()
    {
        // Every warning of the trimmer and the compiler, in whatever assembly, and each by itself.
        const string Native = "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn><InvariantGlobalization>true</InvariantGlobalization>";
        using var consumer = await ConsumerProject.CreateAsync(packages, "Aot", ["FlexiAI.OpenAI"], Native, Token);

        var log = await Tool.RunAsync("dotnet", consumer.Folder, ["publish", "--runtime", RuntimeInformation.RuntimeIdentifier, "--output", "native"], Token);

        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        await using var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Token);
        await using var backup = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Token);
        primary.Faults.Always(Fault.Status(503));

        var printed = await Tool.RunAsync(Path.Combine(consumer.Folder, "native", "Consumer"), consumer.Folder, [primary.BaseUrl, backup.BaseUrl], Token);

        Assert.Equal(2, printed.Split("openai-2: ").Length - 1);
        Assert.Equal(2, primary.Requests.Count);
    }
}

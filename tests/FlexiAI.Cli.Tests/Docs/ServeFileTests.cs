using System.Text;
using System.Text.RegularExpressions;
using FlexiAI.Cli;

namespace FlexiAI.Tests;

/// <summary>The configurations of <c>serve</c> on the pages, and that of the deployment, are understood as they stand.</summary>
public sealed partial class ServeFileTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string> { { "deploy/flexiai.json", File.ReadAllText(Path.Combine(Root, "deploy", "flexiai.json")) } };
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md"))
        {
            // An incident's file is written so too.
            foreach (var block in Blocks().Matches(File.ReadAllText(page)).Where(block => block.Value.Contains("\"Providers\"", StringComparison.Ordinal)))
            {
                files.Add(Path.GetFileName(page), block.Groups["json"].Value);
            }
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_configuration_of_serve_is_understood_as_it_stands(string name, string json)
    {
        var (options, section) = ConfigurationFile.Read(name, Encoding.UTF8.GetBytes(json));
        options.Providers.ToList().ForEach(entry => entry.ApiKey ??= "key-of-a-test");

        var settings = ServeSettings.Read(name, options, section, _ => null);

        Assert.NotEmpty(settings.Client.Providers);
        Assert.True(settings.Gateway.Models.Count > 0 || settings.Gateway.ClientKeys.Count > 0, "The section Gateway was not read.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FlexiAI.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no FlexiAI.slnx above the test.");
        }

        return folder;
    }

    [GeneratedRegex(@"^```jsonc\n(?<json>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Blocks();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using FlexiAI.Cli;

namespace FlexiAI.Tests;

/// <summary>
/// The page on choosing thresholds shows what the commands on it print. To bring it, and the pictures, up to date, run these tests with
/// the environment variable <c>FLEXIAI_UPDATE_DOCS</c> set to 1.
/// </summary>
public sealed partial class ThresholdPageTests
{
    private static readonly string Docs = Path.Combine(RepositoryRoot.Path, "docs");
    private static readonly bool Updates = Environment.GetEnvironmentVariable("FLEXIAI_UPDATE_DOCS") == "1";

    [Fact]
    public async Task ThePage_ShowsWhatItsCommandsPrintAndDraw()
    {
        var path = Path.Combine(Docs, "choosing-thresholds.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var made = page;
        foreach (Match block in Block().Matches(page))
        {
            made = made.Replace(block.Value, $"```\n$ {block.Groups["command"].Value}\n{await RunAsync(block.Groups["command"].Value)}```\n", StringComparison.Ordinal);
        }

        foreach (Match table in Table().Matches(page))
        {
            made = made.Replace(table.Value, await ThresholdTable.FillAsync(table.Groups["command"].Value, table.Groups["rows"].Value), StringComparison.Ordinal);
        }

        Assert.Equal((3, 3), (Block().Count(page), Table().Count(page)));
        await CompareAsync(path, made, page);
    }

    [Fact]
    public async Task TheIncidentOnThePage_IsUnderstood()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Docs, "choosing-thresholds.md"), TestContext.Current.CancellationToken);
        var json = page.Split("```jsonc\n")[1].Split("```")[0];
        Assert.Equal(2, IncidentReader.Read("page", JsonElement.Parse(json)).Providers[0].Disturbances.Count);
    }

    // A command writes its picture into a folder of its own, from where it is compared with the page's.
    private static async Task<string> RunAsync(string command)
    {
        using var flexiai = new FlexiProcess().With("DOTNET_TieredPGO", "0");
        Directory.CreateDirectory(Path.Combine(flexiai.Folder, "images"));
        var ending = await flexiai.RunAsync(command.Split(' ')[1..]);
        Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
        foreach (var drawn in Directory.EnumerateFiles(Path.Combine(flexiai.Folder, "images")))
        {
            var shown = Path.Combine(Docs, "images", Path.GetFileName(drawn));
            await CompareAsync(shown, await File.ReadAllTextAsync(drawn), File.Exists(shown) ? await File.ReadAllTextAsync(shown) : "");
        }

        return string.Concat(ending.Out.TrimEnd().Split('\n').Select(line => $"{line.TrimEnd()}\n"));
    }

    private static async Task CompareAsync(string path, string made, string shown)
    {
        if (Updates)
        {
            await File.WriteAllTextAsync(path, made);
        }
        else
        {
            Assert.Equal(made, shown);
        }
    }

    [GeneratedRegex("^```\n\\$ (?<command>flexiai simulate [^\n]*)\n.*?^```\n", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Block();

    [GeneratedRegex("^<!-- (?<command>flexiai simulate [^\n]*) -->\n(?<rows>(\\|[^\n]*\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Table();
}

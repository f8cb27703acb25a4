using System.Text.RegularExpressions;

namespace FlexiAI.Samples;

public sealed partial class PageTests
{
    [Fact]
    public void Every_link_to_a_file_leads_somewhere()
    {
        var broken =
            from page in Repository.Pages()
            from Match link in Links().Matches(Repository.Read(page))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && target[0] != '#'
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{page}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_link_to_a_heading_leads_somewhere()
    {
        var broken =
            from page in Repository.Pages()
            from Match link in Links().Matches(Repository.Read(page))
            let target = link.Groups["target"].Value
            where target.Contains('#', StringComparison.Ordinal) && !target.Contains("://", StringComparison.Ordinal)
            let parts = target.Split('#')
            let other = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0])
            where !Anchors(Repository.Read(other)).Contains(parts[1])
            select $"{page}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_is_short() =>
        Assert.InRange(Repository.Read("README.md").Split('\n').Length, 1, 150);

    [Fact]
    public void The_index_leads_to_every_page()
    {
        var index = Repository.Read("docs/README.md");
        var missing = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static HashSet<string> Anchors(string page) =>
    [
        .. page.Split('\n')
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}

using SnippetCheck;

namespace FlexiAI.Samples;

public sealed class SnippetCheckTests
{
    private static readonly Dictionary<string, string> Known = new() { ["a"] = "var x = 1;\n\nUse(x);" };

    [Fact]
    public void Every_page_shows_what_the_samples_hold()
    {
        List<string> problems = [];
        var snippets = SnippetReader.ReadAll(Repository.Root, problems);
        foreach (var path in Pages.Find(Repository.Root))
        {
            problems.AddRange(new Page(path, File.ReadAllText(path)).Check(snippets, update: false));
        }

        Assert.Empty(problems);
        Assert.NotEmpty(snippets);
    }

    [Fact]
    public void A_block_that_equals_its_snippet_is_right() =>
        Assert.Empty(Check("<!-- snippet: a -->\n```csharp\nvar x = 1;\n\nUse(x);\n```\n"));

    [Fact]
    public void A_block_that_differs_is_an_error_at_its_line() =>
        Assert.StartsWith("page.md(5): error SNIPPET06", Assert.Single(Check("<!-- snippet: a -->\n```csharp\nvar x = 1;\n\nUse(y);\n```\n")), StringComparison.Ordinal);

    [Fact]
    public void A_block_that_lacks_the_end_is_an_error() =>
        Assert.Contains("SNIPPET06", Assert.Single(Check("<!-- snippet: a -->\n```csharp\nvar x = 1;\n```\n")), StringComparison.Ordinal);

    [Fact]
    public void A_block_without_a_snippet_is_an_error() =>
        Assert.StartsWith("page.md(2): error SNIPPET03", Assert.Single(Check("Text\n```cs\nvar x = 1;\n```\n")), StringComparison.Ordinal);

    [Fact]
    public void A_snippet_without_a_block_is_an_error() =>
        Assert.StartsWith("page.md(1): error SNIPPET04", Assert.Single(Check("<!-- snippet: a -->\n\nText\n")), StringComparison.Ordinal);

    [Fact]
    public void A_snippet_that_no_sample_has_is_an_error() =>
        Assert.StartsWith("page.md(1): error SNIPPET05", Assert.Single(Check("<!-- snippet: b -->\n```csharp\n```\n")), StringComparison.Ordinal);

    [Fact]
    public void An_update_writes_the_block_anew_and_nothing_else()
    {
        var page = new Page("page.md", "Before\n<!-- snippet: a -->\n```csharp\nold\n```\nAfter\n");

        Assert.Empty(page.Check(Known, update: true));
        Assert.True(page.Changed);
        Assert.Equal("Before\n<!-- snippet: a -->\n```csharp\nvar x = 1;\n\nUse(x);\n```\nAfter\n", page.Text);
    }

    [Fact]
    public void Regions_of_one_name_are_joined_and_lose_their_indentation()
    {
        List<string> problems = [];
        var snippets = SnippetReader.Read(
            "sample.cs",
            ["// snippet: a", "using X;", "", "// end snippet", "  // snippet: a", "  if (y)", "      z();", "  // end snippet"],
            problems);

        Assert.Empty(problems);
        Assert.Equal("using X;\n\nif (y)\n    z();", snippets["a"]);
    }

    [Fact]
    public void A_region_without_an_end_is_an_error()
    {
        List<string> problems = [];
        SnippetReader.Read("sample.cs", ["// snippet: a", "x();"], problems);

        Assert.StartsWith("sample.cs(2): error SNIPPET01", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Check(string page) => new Page("page.md", page).Check(Known, update: false);
}

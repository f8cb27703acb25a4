using FlexiAI.Contrast;

namespace FlexiAI.Tests;

public class ContrastTests
{
    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Behaviour.All.Count)];

    [Fact]
    public void There_are_thirteen_rows_and_in_each_the_breakers_differ()
    {
        Assert.Equal(13, Behaviour.All.Count);
        Assert.DoesNotContain(Behaviour.All, row => row.Polly == row.FlexiAI);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task FlexiAI_ends_each_script_as_the_page_says(int row) =>
        Assert.Equal(Behaviour.All[row].FlexiAI, await Behaviour.All[row].PlayOnFlexiAIAsync());

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Polly_ends_each_script_as_the_page_says(int row) =>
        Assert.Equal(Behaviour.All[row].Polly, await Behaviour.All[row].PlayOnPollyAsync());

    [Fact]
    public async Task The_page_is_what_the_scripts_would_write_now()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(FindRoot(), ContrastPage.Path), TestContext.Current.CancellationToken);

        Assert.Contains(ContrastPage.Table(), page, StringComparison.Ordinal);
        Assert.Equal(ContrastPage.Update(page), page);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FlexiAI.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no FlexiAI.slnx above the tests.");
        }

        return folder;
    }
}

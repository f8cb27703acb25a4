using FlexiAI.FaultWall;

namespace FlexiAI.Tests;

/// <summary>To bring the page up to date, run these tests with the environment variable <c>FLEXIAI_UPDATE_DOCS</c> set to 1.</summary>
public class FaultWallPageTests
{
    [Fact]
    public async Task The_page_shows_the_verdicts_and_attempts_of_this_run()
    {
        var page = await File.ReadAllTextAsync(FaultWallPage.Path, TestContext.Current.CancellationToken);
        var made = FaultWallPage.Update(page, await PlayedWall.AllAsync());
        if (Environment.GetEnvironmentVariable("FLEXIAI_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(FaultWallPage.Path, made, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(made, page);
        }
    }
}

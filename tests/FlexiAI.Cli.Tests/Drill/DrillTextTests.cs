namespace FlexiAI.Tests;

public sealed class DrillTextTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Redirected_ItIsPlainLinesAndExits0()
    {
        var ending = await _flexiai.RunAsync("drill", "--fast");

        Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
        Assert.Contains("circuit of openai: closed -> open (threshold)", ending.Out, StringComparison.Ordinal);
        Assert.Contains("request 10: anthropic  openai skipped, anthropic answers", ending.Out, StringComparison.Ordinal);
        Assert.Contains("0 failed. openai serves again. Everything went as it must.", ending.Out, StringComparison.Ordinal);
        ending.AssertPlain();
    }

    [Fact]
    public async Task CtrlC_EndsItWithExitCode130()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signal is sent with Linux's own tools.");
        var ending = await _flexiai.InterruptAsync(firstLine => firstLine, "drill", "--json");

        Assert.Equal((130, "flexiai: cancelled.\n"), (ending.ExitCode, ending.Error));
        Assert.StartsWith("{\"t\":", ending.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("summary", ending.Out, StringComparison.Ordinal);
    }
}

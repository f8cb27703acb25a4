using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>The soak as a process of its own: what it measures belongs to nobody else. A minute in CI, a third of it elsewhere.</summary>
public class SoakTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task After_a_storm_nothing_has_grown_the_statistics_add_up_and_every_permit_is_settled()
    {
        var seconds = Environment.GetEnvironmentVariable("CI") == "true" ? "60" : "20";

        var (exitCode, output, error) = await RunAsync("--seconds", seconds);

        Assert.Equal("", error);
        Assert.StartsWith("soak passed: ", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--seconds")]
    [InlineData("--seconds", "0")]
    [InlineData("--minutes", "1")]
    public async Task What_it_does_not_understand_it_refuses(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("Usage: ", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "FlexiAI.Soak.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>A drill with several processes as the shell sees it.</summary>
public sealed class FleetProcessTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task WithoutARedisServer_ItSaysWhatToInstall()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "An empty PATH hides too much there.");
        var ending = await _flexiai.With("PATH", _flexiai.Folder).RunAsync("drill", "--workers", "4");

        ending.AssertRefused("no redis-server is on the PATH", "apt-get install redis-server", "--redis host:port");
    }

    [Fact]
    public async Task ARedisThatDoesNotAnswer_IsAFailureInOneLine()
    {
        var ending = await _flexiai.RunAsync("drill", "--workers", "2", "--redis", "127.0.0.1:1");

        Assert.Equal((1, ""), (ending.ExitCode, ending.Out));
        Assert.Matches("^flexiai: worker [12]: no Redis 7 or newer answered within 10 s\\.\n$", ending.Error);
    }

    [Theory]
    [InlineData("signal INT", 130)]
    [InlineData("signal KILL", 137)]
    public async Task HoweverItEnds_ItsWorkersAndItsRedisEndWithIt(string how, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signals are sent, and the children found, with Linux's own tools.");
        List<int> children = [];
        var ending = await _flexiai.SignalAsync(
            how.Split(' ')[1],
            async (firstLine, process) =>
            {
                await firstLine;
                children = ChildrenOf(process);
            },
            "drill", "--workers", "3", "--json");

        Assert.Equal(exitCode, ending.ExitCode);
        Assert.Equal(4, children.Count);
        for (var begin = Stopwatch.StartNew(); children.Exists(IsRunning) && begin.Elapsed < TimeSpan.FromSeconds(30);)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(children, IsRunning);
    }

    [Theory]
    [InlineData("--workers is \"1\"; allowed: 2 to 16.", "--workers", "1")]
    [InlineData("--workers is \"17\"; allowed: 2 to 16.", "--workers", "17")]
    [InlineData("--redis is \"localhost:6379\" without --workers", "--redis", "localhost:6379")]
    [InlineData("--mode is \"when-open\" with --workers; allowed: immediate.", "--workers", "2", "--mode", "when-open")]
    [InlineData("--redis cannot be read; allowed: host:port", "--workers", "2", "--redis", "localhost,nonsense=1,password=secret")]
    public async Task BadInput_IsRefused(string words, params string[] arguments)
    {
        var ending = await _flexiai.RunAsync(["drill", .. arguments]);

        ending.AssertRefused(words);
        Assert.DoesNotContain("secret", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWorkersCommand_IsInNoHelp()
    {
        var ending = await _flexiai.RunAsync("--help");

        Assert.Equal(0, ending.ExitCode);
        Assert.Contains("drill", ending.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("drill-worker", ending.Out, StringComparison.Ordinal);
    }

    private static List<int> ChildrenOf(Process process) =>
    [
        .. Directory.EnumerateDirectories($"/proc/{process.Id}/task")
            .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse),
    ];

    // A process that nobody has waited for yet is a zombie, and over.
    private static bool IsRunning(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].TrimStart()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}

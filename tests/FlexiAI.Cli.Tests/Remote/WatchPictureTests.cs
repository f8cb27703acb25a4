using FlexiAI.Cli;
using Spectre.Console;

namespace FlexiAI.Tests;

public sealed class WatchPictureTests
{
    [Fact]
    public async Task The_picture_shows_names_as_they_are_and_counts_down_and_fits_the_screen()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["[red]first[/]", "second"]);
        using var remote = RemoteGateway.Open(gateway.Url, _ => null);
        var status = await remote.GetStatusAsync(TestContext.Current.CancellationToken);
        var stats = await remote.GetStatsAsync(TestContext.Current.CancellationToken);
        var opened = status.Providers[0] with { Circuit = status.Providers[0].Circuit with { State = "open", RetryAfterSeconds = 25 } };
        var news = new StatusNews(status with { Providers = [opened, status.Providers[1]] }, stats, []);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 160;

        console.Write(new WatchPicture(remote, news, TimeSpan.FromSeconds(5), [.. Enumerable.Range(1, 50).Select(i => $"line {i}")], "gone", height: 20));

        var lines = text.ToString().TrimEnd().Split('\n');
        Assert.Contains(lines, line => line.Contains("[red]first[/]", StringComparison.Ordinal) && line.Contains("open", StringComparison.Ordinal) && line.Contains("in 20 s", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TrimEnd() == "line 50");
        Assert.Contains(lines, line => line.StartsWith("the connection is lost, trying again: gone", StringComparison.Ordinal));
        Assert.InRange(lines.Length, 12, 20);
    }
}

namespace FlexiAI.Tests;

public sealed class StatusFeedTests
{
    [Fact]
    public async Task Only_the_last_two_hundred_requests_are_kept()
    {
        await using var host = await StatusHost.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            host.Feed.Report(Request(i));
        }

        var kept = host.Feed.ReadAll(new StatusWatcher()).Requests;

        Assert.Equal(200, kept.Count);
        Assert.Equal(("50", "249"), (kept[0].Id, kept[^1].Id));
    }

    [Fact]
    public async Task A_watcher_that_never_reads_holds_up_nobody_and_knows_that_it_missed_something()
    {
        await using var host = await StatusHost.StartAsync();
        var watcher = host.Feed.Watch();
        for (var i = 0; i < 1000; i++)
        {
            host.Feed.Report(Request(i));
        }

        Assert.True(watcher.HasMissed);
        Assert.Equal(256, watcher.News.Count);

        Assert.Equal("999", host.Feed.ReadAll(watcher).Requests[^1].Id);
        Assert.False(watcher.HasMissed);
        Assert.False(watcher.News.TryRead(out _));
    }

    [Fact]
    public async Task Traffic_is_summed_up_in_spans_and_forgotten_after_ten_minutes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var host = await StatusHost.StartAsync(new() { Time = time });
        host.Feed.Report(Request(1));
        time.Advance(TimeSpan.FromMinutes(9));
        host.Feed.Report(Request(2));
        host.Feed.Report(Request(3) with { DurationMs = 30 });
        host.Feed.Report(Request(4) with { Outcome = ServedRequest.Failure, Provider = null });
        host.Feed.Report(Request(5) with { Outcome = ServedRequest.Cancelled, Provider = null });

        var spans = host.Feed.ReadAll(new StatusWatcher()).Traffic;
        Assert.Equal(2, spans.Count);
        Assert.Equal(1, spans[1].Unanswered);
        Assert.Equal(new ProviderTraffic("first", Answered: 2, Failures: 0, AverageMs: 20), Assert.Single(spans[1].Providers));

        time.Advance(TimeSpan.FromMinutes(2));
        host.Feed.Report(Request(6));
        Assert.Equal(2, host.Feed.ReadAll(new StatusWatcher()).Traffic.Count);
    }

    private static ServedRequest Request(int id) => new(
        id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.UnixEpoch,
        "chat",
        "openai",
        ServedRequest.Success,
        "first",
        "model-1",
        200,
        DurationMs: 10,
        FirstTokenMs: null,
        Streamed: false,
        InputTokens: null,
        OutputTokens: null,
        Attempts: []);
}

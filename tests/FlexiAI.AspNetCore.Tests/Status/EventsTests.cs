using FlexiAI.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public sealed class EventsTests
{
    [Fact]
    public async Task Hello_tells_what_was_before()
    {
        await using var host = await StatusHost.StartAsync();
        host.Providers[0].Faults.Always(Fault.Overloaded());
        await host.AskAsync();
        var last = await host.AskAsync();
        await TransitionsAsync(host, 1);

        using var events = await EventReader.OpenAsync(host);
        var (name, hello) = (await events.NextAsync())!.Value;

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("hello", name);
        Assert.Equal(2, hello["requests"]!.AsArray().Count);
        var attempts = hello["requests"]![1]!["attempts"]!;
        Assert.Equal(last.Id, (string)hello["requests"]![1]!["id"]!);
        Assert.Equal(("first", "failure", "server-error", 503), ((string)attempts[0]!["provider"]!, (string)attempts[0]!["outcome"]!, (string)attempts[0]!["kind"]!, (int)attempts[0]!["status"]!));
        Assert.Equal(("second", "success"), ((string)attempts[1]!["provider"]!, (string)attempts[1]!["outcome"]!));
        var change = Assert.Single(hello["transitions"]!.AsArray())!;
        Assert.Equal(("first", "closed", "open", "threshold"), ((string)change["provider"]!, (string)change["from"]!, (string)change["to"]!, (string)change["cause"]!));
        Assert.Equal(2, (int)hello["stats"]!["succeeded"]!);
        Assert.Equal("open", (string)hello["status"]!["providers"]![0]!["circuit"]!["state"]!);
        Assert.Equal(2, hello["traffic"]!.AsArray().Sum(span => span!["providers"]!.AsArray().Sum(provider => (int)provider!["answered"]!)));
    }

    [Fact]
    public async Task A_request_a_transition_and_the_status_after_them_are_told_as_they_happen()
    {
        await using var host = await StatusHost.StartAsync();
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");

        host.Client.IsolateProvider("first");
        Assert.Equal("isolated", (string)(await events.NextAsync("transition"))["to"]!);
        Assert.Equal("isolated", (string)(await events.NextAsync("status"))["status"]!["providers"]![0]!["circuit"]!["state"]!);

        var asked = await host.AskAsync();
        var told = await events.NextAsync("request");
        Assert.Equal((asked.Id, "second"), ((string)told["id"]!, (string)told["provider"]!));
        var status = await events.NextAsync("status");
        Assert.Equal(1, (int)status["stats"]!["succeeded"]!);
        Assert.Equal(1, (int)status["traffic"]![0]!["providers"]![0]!["answered"]!);
    }

    [Fact]
    public async Task What_one_operator_promotes_the_others_see()
    {
        await using var host = await StatusHost.StartAsync();
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");

        (await host.Http.PostAsync("providers/second/promote", content: null, StatusHost.Stop)).Dispose();

        Assert.True((bool)(await events.NextAsync("status"))["status"]!["providers"]![1]!["promoted"]!);
    }

    [Fact]
    public async Task A_watcher_that_a_flood_was_too_much_for_begins_anew_and_misses_nothing_that_is_kept()
    {
        await using var host = await StatusHost.StartAsync();
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");
        var last = await host.AskAsync();

        for (var i = 0; i < 20_000; i++)
        {
            host.Feed.Report(last);
        }

        host.Feed.Report(last with { Id = "the last" });

        var again = await events.NextAsync("hello");
        while ((string)again["requests"]!.AsArray()[^1]!["id"]! != "the last")
        {
            again = await events.NextAsync("hello");
        }

        Assert.Equal(200, again["requests"]!.AsArray().Count);
    }

    [Fact]
    public async Task Silence_is_broken_by_a_sign_of_life_every_fifteen_seconds()
    {
        var time = new FakeTimeProvider();
        await using var host = await StatusHost.StartAsync(new() { Time = time });
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");
        var begin = time.GetUtcNow();

        var next = events.NextAsync();
        await AdvanceUntilAsync(time, next);

        Assert.Equal(":", (await next)!.Value.Name);
        Assert.True(time.GetUtcNow() - begin >= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task The_status_is_told_at_most_once_a_second()
    {
        var time = new FakeTimeProvider();
        await using var host = await StatusHost.StartAsync(new() { Time = time });
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");

        await host.AskAsync();
        Assert.Equal("request", (await events.NextAsync())!.Value.Name);
        await host.AskAsync();
        Assert.Equal("request", (await events.NextAsync())!.Value.Name);
        var next = events.NextAsync();
        await AdvanceUntilAsync(time, next);

        var (name, status) = (await next)!.Value;
        Assert.Equal(("status", 2), (name, (int)status["stats"]!["succeeded"]!));
    }

    [Fact]
    public async Task The_stream_ends_when_the_gateway_does()
    {
        await using var host = await StatusHost.StartAsync();
        using var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");

        var stopping = host.StopAsync();

        Assert.Null(await events.NextAsync());
        await stopping;
    }

    [Fact]
    public async Task A_watcher_who_leaves_is_forgotten()
    {
        await using var host = await StatusHost.StartAsync();
        var events = await EventReader.OpenAsync(host);
        await events.NextAsync("hello");
        Assert.Equal(1, host.Feed.Watchers);

        events.Dispose();

        while (host.Feed.Watchers > 0)
        {
            await Task.Delay(5, StatusHost.Stop);
        }
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task done)
    {
        while (!done.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.WhenAny(done, Task.Delay(10, StatusHost.Stop));
        }
    }

    // Transitions are handed out on the pool, after the request that caused them.
    private static async Task TransitionsAsync(StatusHost host, int count)
    {
        while (host.Feed.ReadAll(new StatusWatcher()).Transitions.Count < count)
        {
            await Task.Delay(5, StatusHost.Stop);
        }
    }
}

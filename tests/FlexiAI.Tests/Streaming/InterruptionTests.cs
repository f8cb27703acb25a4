using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>How a committed stream ends when it does not end well.</summary>
public sealed class InterruptionTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Fact]
    public async Task An_interruption_tells_who_how_and_what_came_before()
    {
        _b.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Piece("one "), Answers.Piece("two"), Answers.Usage(3, 2)).ThenFail(new IOException("reset by peer"));
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(("b", FailureKind.Network, "one two"), (failure.Provider, failure.Kind, failure.TextSoFar));
        Assert.Equal([("a", FailureKind.ServerError), ("b", (FailureKind?)FailureKind.Network)], failure.Attempts.Select(attempt => (attempt.Provider, attempt.Kind)));
        Assert.Equal("reset by peer", failure.Attempts[1].Reason);
        Assert.Equal(2, failure.Attempts[1].Usage!.OutputTokenCount);
        Assert.IsType<IOException>(Assert.IsType<ProviderNetworkException>(failure.InnerException).InnerException);
        Assert.Equal((0, 1), (lab.Client.GetRequestStats().SuccessfulRequests, lab.Client.GetRequestStats().FailedRequests));
        Assert.Equal((1, 2), (lab.Circuit("b").FailureCount, lab.Stats("b").OutputTokens));
    }

    [Fact]
    public async Task Trap17_An_end_without_a_finish_reason_is_an_interruption()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("half"));
        using var lab = new Lab(_a, _b);

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal((FailureKind.InvalidResponse, 1), (failure.Kind, lab.Circuit("a").FailureCount));
    }

    [Fact]
    public async Task Trap17_A_stream_that_goes_silent_is_interrupted_by_the_idle_clock()
    {
        var stream = FakeStream.Of(Answers.Piece("half")).ThenSilence();
        _a.Stream = _ => stream;
        using var lab = new Lab(_a, _b);
        lab.Entry("a").IdleTimeout = TimeSpan.FromSeconds(5);
        var asking = Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        lab.Time.Advance(TimeSpan.FromSeconds(5));
        var failure = await asking;

        Assert.Equal((FailureKind.Timeout, "No update within 5 s."), (failure.Kind, failure.Attempts[0].Reason));
    }

    [Fact]
    public async Task The_time_that_the_caller_holds_an_update_does_not_count()
    {
        var stream = FakeStream.Of(Answers.Piece("one"), Answers.Piece("two"), Answers.Finish());
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);
        var seen = 0;

        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            seen++;
            lab.Time.Advance(TimeSpan.FromHours(1));
            Assert.False(stream.Token.IsCancellationRequested);
        }

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task The_clocks_of_an_interrupted_request_serve_the_next()
    {
        var time = new HandTimers();
        _a.Stream = _ => FakeStream.Of(Answers.Piece("half")).ThenFail(new IOException("reset"));
        await using var client = new FlexiClient(
            new FlexiOptions { Providers = [new ChatClientProvider("a", _a)], RequestTimeout = TimeSpan.FromSeconds(10), CircuitBreaker = { FailureThreshold = 100 } },
            timeProvider: time);
        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<StreamInterruptedException>(() => client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop).AsTask());
        }

        // The deadline's and the attempt's, and as many again for each processor that the test was on.
        Assert.InRange(time.Made, 2, 2 * Environment.ProcessorCount);
    }

    [Fact]
    public async Task A_stream_is_not_read_on_after_its_interruption()
    {
        var stream = FakeStream.Of(Answers.Piece("half")).ThenFail(new IOException("reset")).Then(Answers.Piece("more"));
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);
        await using var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        await reading.MoveNextAsync();
        await Assert.ThrowsAsync<StreamInterruptedException>(async () => await reading.MoveNextAsync());

        Assert.False(await reading.MoveNextAsync());
        Assert.Equal((2, 1), (stream.Reads, stream.Disposals));
    }

    [Fact]
    public async Task Trap19_A_stream_read_to_its_end_and_disposed_is_settled_once()
    {
        using var lab = new Lab(_a);
        var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        while (await reading.MoveNextAsync())
        {
        }

        await reading.DisposeAsync();
        await reading.DisposeAsync();

        Assert.Equal((1, 1, 1), (lab.Circuit("a").SuccessCount, lab.Stats("a").Requests, lab.Client.GetRequestStats().TotalRequests));
        Assert.Equal(0, lab.Circuit("a").LateResults);
    }
}

using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Callers who do not read a stream to its end.</summary>
public sealed class EarlyStopTests
{
    private readonly FakeChat _a = new("a");

    [Fact]
    public async Task Trap19_A_caller_who_leaves_early_settles_the_attempt_once_as_a_success()
    {
        var stream = FakeStream.Of(Answers.Role(), Answers.Piece("one"), Answers.Usage(3, 1), Answers.Piece("two"), Answers.Finish());
        using var lab = Streaming(stream);

        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            break;
        }

        Assert.Equal((1, true, 2), (stream.Disposals, stream.Token.IsCancellationRequested, stream.Reads));
        Assert.Equal((1, 0), (lab.Circuit("a").SuccessCount, lab.Circuit("a").LateResults));
        Assert.Equal((1, 1, 1), (lab.Stats("a").Requests, lab.Stats("a").Successes, lab.Stats("a").UsageUnknown));
        Assert.Equal((1, 1), (lab.Client.GetRequestStats().TotalRequests, lab.Client.GetRequestStats().SuccessfulRequests));
    }

    [Fact]
    public async Task Trap21_The_tokens_told_before_a_caller_left_are_kept()
    {
        using var lab = Streaming(FakeStream.Of(Answers.Usage(3, 1), Answers.Piece("one"), Answers.Piece("two")));

        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            break;
        }

        Assert.Equal((3, 1, 0), (lab.Stats("a").InputTokens, lab.Stats("a").OutputTokens, lab.Stats("a").UsageUnknown));
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_asks_nobody()
    {
        using var lab = new Lab(_a);

        var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop);
        await stream.GetAsyncEnumerator(Lab.Stop).DisposeAsync();

        Assert.Equal((0, 0), (_a.Calls, lab.Client.GetRequestStats().TotalRequests));
    }

    [Fact]
    public async Task A_stream_read_twice_is_two_requests()
    {
        using var lab = new Lab(_a);
        var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop);

        await stream.ToListAsync(Lab.Stop);
        await stream.ToListAsync(Lab.Stop);

        Assert.Equal((2, 2), (_a.Calls, lab.Client.GetRequestStats().SuccessfulRequests));
    }

    [Fact]
    public async Task A_caller_who_disposes_while_a_read_is_pending_cancels_it_and_the_attempt_settles_once()
    {
        var gate = new TaskCompletionSource<bool>();
        var stream = FakeStream.Of(Answers.Piece("one")).ThenWait(gate.Task);
        using var lab = Streaming(stream);
        var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        await reading.MoveNextAsync();
        var pending = reading.MoveNextAsync().AsTask();

        await reading.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal((0, 1, 1), (lab.Circuit("a").FailureCount, lab.Stats("a").Requests, lab.Stats("a").Cancelled));
        Assert.Equal(1, lab.Client.GetRequestStats().CancelledRequests);
        Assert.Equal((0, true), (stream.Disposals, stream.Token.IsCancellationRequested));
        gate.SetException(new IOException("reset"));
        Assert.Equal((1, false), (stream.Disposals, stream.DisposedWhileReading));
        await reading.DisposeAsync();
        Assert.False(await reading.MoveNextAsync());
        Assert.Equal(1, stream.Disposals);
    }

    [Fact]
    public async Task A_caller_who_disposes_before_the_first_content_cancels_the_attempt()
    {
        var gate = new TaskCompletionSource<bool>();
        var stream = FakeStream.Of(Answers.Role()).ThenWait(gate.Task);
        using var lab = Streaming(stream);
        var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        var pending = reading.MoveNextAsync().AsTask();

        await reading.DisposeAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.False(failure.CancellationToken.IsCancellationRequested);
        Assert.Equal((0, 1, 1), (lab.Circuit("a").FailureCount, lab.Stats("a").Cancelled, lab.Client.GetRequestStats().CancelledRequests));
        gate.SetResult(false);
        Assert.Equal((1, false), (stream.Disposals, stream.DisposedWhileReading));
    }

    [Fact]
    public async Task A_second_read_while_one_is_pending_is_refused_and_harms_nothing()
    {
        var gate = new TaskCompletionSource<bool>();
        using var lab = Streaming(FakeStream.Of(Answers.Piece("one")).ThenWait(gate.Task).Then(Answers.Finish()));
        await using var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        await reading.MoveNextAsync();
        var pending = reading.MoveNextAsync().AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reading.MoveNextAsync());

        gate.SetResult(true);
        Assert.True(await pending);
        Assert.True(await reading.MoveNextAsync());
        Assert.False(await reading.MoveNextAsync());
    }

    [Fact]
    public async Task Trap19_An_enumerator_that_nobody_disposes_ends_when_it_is_collected()
    {
        var stream = FakeStream.Of(Answers.Piece("one"), Answers.Piece("two"));
        using var lab = Streaming(stream);
        await ReadOneAndForgetAsync(lab);

        for (var i = 0; i < 100 && lab.Stats("a").Requests == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.Equal((1, 1, true), (lab.Stats("a").Successes, stream.Disposals, stream.Token.IsCancellationRequested));
        Assert.Equal(1, lab.Client.GetRequestStats().SuccessfulRequests);
    }

    [Fact]
    public async Task The_callers_own_token_is_named_whichever_of_the_two_it_was()
    {
        foreach (var given in new[] { true, false })
        {
            using var stop = new CancellationTokenSource();
            using var lab = Streaming(FakeStream.Of(Answers.Piece("one")).ThenSilence());
            var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: given ? stop.Token : Lab.Stop);
            await using var reading = stream.GetAsyncEnumerator(given ? Lab.Stop : stop.Token);
            await reading.MoveNextAsync();
            var pending = reading.MoveNextAsync().AsTask();

            await stop.CancelAsync();

            Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending)).CancellationToken);
        }
    }

    [Fact]
    public async Task An_abandoned_enumerator_of_a_probe_blocks_the_circuit_no_longer_than_until_its_first_content()
    {
        var content = new TaskCompletionSource<bool>();
        using var lab = Streaming(FakeStream.Of(Answers.Role()).ThenWait(content.Task));
        await lab.OpenAsync(_a);
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _ = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop).MoveNextAsync().AsTask();
        Assert.Equal(CircuitState.HalfOpen, lab.Circuit("a").State);

        // Its own clock ends the read, and so the probe, though nobody comes for the result.
        lab.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(CircuitState.Open, lab.Circuit("a").State);
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _a.Healthy();
        Assert.Equal("a", (await lab.AskAsync()).Provider);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task ReadOneAndForgetAsync(Lab lab) =>
        Assert.True(await lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop).MoveNextAsync());

    private Lab Streaming(FakeStream stream)
    {
        _a.Stream = _ => stream;
        return new Lab(_a);
    }
}

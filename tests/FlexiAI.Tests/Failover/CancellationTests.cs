using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The caller's own cancellation, at every stage.</summary>
public sealed class CancellationTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly CancellationTokenSource _caller = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Before_the_request_nobody_is_asked(bool streamed)
    {
        using var lab = new Lab(_a, _b);
        await _caller.CancelAsync();

        await CancelledAsync(lab.AskAsync(streamed, _caller.Token));

        Assert.Equal((0, 0), (_a.Calls, _b.Calls));
        Assert.Equal((1, 1), (lab.Client.GetRequestStats().TotalRequests, lab.Client.GetRequestStats().CancelledRequests));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Trap3_During_an_attempt_it_counts_neither_way_and_is_answered_at_once_even_by_a_deaf_client(bool streamed, bool deaf)
    {
        using var lab = new Lab(_a.FailingFirst(1, FailureKind.ServerError), _b);
        await lab.AskAsync();
        _ = deaf ? _a.Deaf() : _a.Waiting();
        var asking = lab.AskAsync(streamed, _caller.Token);

        await _caller.CancelAsync();
        await CancelledAsync(asking);

        Assert.Equal((1, 0), (lab.Circuit("a").FailureCount, lab.Circuit("a").SuccessCount));
        Assert.Equal((2, 1, 1), (lab.Stats("a").Requests, lab.Stats("a").Cancelled, lab.Stats("a").Failures.Values.Sum()));
        Assert.Equal((0, 1), (lab.Client.GetRequestStats().FailedRequests, lab.Client.GetRequestStats().CancelledRequests));
        Assert.Equal(1, _b.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_the_callers_whatever_the_client_makes_of_it(bool streamed)
    {
        using var lab = new Lab(_a, _b);
        _a.Reply = async call =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Token));
            throw new IOException("The connection was closed.");
        };
        var asking = lab.AskAsync(streamed, _caller.Token);

        await _caller.CancelAsync();

        await CancelledAsync(asking);
        Assert.Equal((0, 0), (lab.Circuit("a").FailureCount, _b.Calls));
    }

    [Fact]
    public async Task During_the_wait_before_a_retry()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError, TimeSpan.FromSeconds(1))).With(entry => entry.MaxRetries = 2);
        var asking = lab.AskAsync(caller: _caller.Token);
        Assert.False(asking.IsCompleted);

        await _caller.CancelAsync();

        await CancelledAsync(asking);
        Assert.Equal((1, 0), (_a.Calls, lab.Circuit("a").FailureCount));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Trap8_A_cancelled_probe_gives_its_place_back(bool streamed, bool deaf)
    {
        using var lab = new Lab(_a, _b);
        await lab.OpenAsync(_a);
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _ = deaf ? _a.Deaf() : _a.Waiting();
        var probing = lab.AskAsync(streamed, _caller.Token);
        Assert.Equal(SkipReason.ProbeInFlight, (await lab.AskAsync()).Attempts[0].SkipReason);

        await _caller.CancelAsync();
        await CancelledAsync(probing);

        Assert.Equal(CircuitState.HalfOpen, lab.Circuit("a").State);
        _a.Healthy();
        Assert.Equal("a", (await lab.AskAsync()).Provider);
        Assert.Equal(CircuitState.Closed, lab.Circuit("a").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap8_A_probe_whose_failure_does_not_count_gives_its_place_back(bool streamed)
    {
        using var lab = new Lab(_a, _b);
        await lab.OpenAsync(_a);
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _a.Failing(FailureKind.ContextTooLong);

        Assert.Equal("b", (await lab.AskAsync(streamed)).Provider);

        Assert.Equal(CircuitState.HalfOpen, lab.Circuit("a").State);
        _a.Healthy();
        Assert.Equal("a", (await lab.AskAsync(streamed)).Provider);
    }

    [Fact]
    public async Task In_mid_stream_the_caller_is_answered_at_once_and_the_provider_was_up()
    {
        var silence = new TaskCompletionSource<bool>();
        var stream = FakeStream.Of(Answers.Piece("half"), Answers.Usage(4, 2)).ThenWait(silence.Task);
        _a.Stream = _ => stream;
        using var lab = new Lab(_a, _b);
        var asking = lab.AskAsync(streamed: true, _caller.Token);

        await _caller.CancelAsync();
        await CancelledAsync(asking);

        Assert.Equal((1, 0, 0), (lab.Circuit("a").SuccessCount, lab.Circuit("a").FailureCount, _b.Calls));
        Assert.Equal((1, 4, 2), (lab.Stats("a").Cancelled, lab.Stats("a").InputTokens, lab.Stats("a").OutputTokens));
        Assert.Equal(0, stream.Disposals);
        silence.SetResult(false);
        Assert.Equal((1, false), (stream.Disposals, stream.DisposedWhileReading));
    }

    [Fact]
    public async Task In_mid_stream_a_client_that_has_more_to_tell_and_heeds_no_token_is_not_read_on()
    {
        var stream = FakeStream.Of([.. Enumerable.Range(0, 100).Select(i => Answers.Piece($"{i} "))]);
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);
        var seen = 0;

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: _caller.Token))
            {
                if (++seen == 3)
                {
                    await _caller.CancelAsync();
                }
            }
        });

        Assert.Equal((3, _caller.Token, 1), (seen, failure.CancellationToken, stream.Disposals));
        Assert.Equal(1, lab.Client.GetRequestStats().CancelledRequests);
    }

    private async Task CancelledAsync(Task asking)
    {
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(_caller.Token, failure.CancellationToken);
    }
}

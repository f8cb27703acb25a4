using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A second provider is asked while the first is slow; the first content wins.</summary>
public sealed class HedgeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_provider_is_overtaken_cancelled_and_accounted(bool streamed)
    {
        var cancelled = new TaskCompletionSource();
        _a.Reply = async call =>
        {
            await using var registration = call.Token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Token);
            return Answers.Text("never");
        };
        using var lab = Hedged(_a, _b);
        var asking = lab.AskAsync(streamed);
        await _a.Arrival(1);
        Assert.Equal(0, _b.Calls);

        lab.Time.Advance(Second);
        var response = await asking;

        Assert.Equal(("b", "Hello from b"), (response.Provider, response.Text));
        Assert.True(cancelled.Task.IsCompleted);
        Assert.Equal([("a", AttemptOutcome.Cancelled), ("b", AttemptOutcome.Success)], response.Attempts.Select(attempt => (attempt.Provider, attempt.Outcome)));
        Assert.Equal((1, 1), (lab.Stats("a").Cancelled, lab.Stats("b").Successes));
        Assert.Equal((0, 0), (lab.Circuit("a").FailureCount, lab.Circuit("a").SuccessCount));
        Assert.Equal((1, 1, 0), (lab.Client.GetRequestStats().TotalRequests, lab.Client.GetRequestStats().SuccessfulRequests, lab.Client.GetRequestStats().CancelledRequests));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_provider_may_still_win(bool streamed)
    {
        var (reply, token) = (new TaskCompletionSource<ChatResponse>(), default(CancellationToken));
        _a.Reply = _ => reply.Task;
        _b.Reply = async call =>
        {
            token = call.Token;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Token);
            return Answers.Text("never");
        };
        using var lab = Hedged(_a, _b);
        var asking = lab.AskAsync(streamed);
        lab.Time.Advance(Second);
        await _b.Arrival(1);

        reply.SetResult(Answers.Text("at last"));
        var response = await asking;

        Assert.Equal(("a", "at last", true), (response.Provider, response.Text, token.IsCancellationRequested));
        Assert.Equal([("b", AttemptOutcome.Cancelled), ("a", AttemptOutcome.Success)], response.Attempts.Select(attempt => (attempt.Provider, attempt.Outcome)));
    }

    [Fact]
    public async Task Streamed_it_is_the_first_content_that_wins_and_start_up_updates_that_do_not()
    {
        var stream = FakeStream.Of(Answers.Role(), Answers.Usage(7, null)).ThenSilence();
        _a.Stream = _ => stream;
        using var lab = Hedged(_a, _b);
        var asking = lab.AskAsync(streamed: true);
        await _a.Arrival(1);

        lab.Time.Advance(Second);
        var response = await asking;

        Assert.Equal("b", response.Provider);
        // Once its read has ended, which the winner does not wait for.
        Assert.True(SpinWait.SpinUntil(() => stream.Disposals == 1, TimeSpan.FromSeconds(60)));
        Assert.False(stream.DisposedWhileReading);
        Assert.Equal((7, 7), (response.Attempts[0].Usage!.InputTokenCount, lab.Stats("a").InputTokens));
    }

    [Fact]
    public async Task Of_two_contents_at_once_the_first_providers_wins_and_the_others_is_closed_and_accounted()
    {
        var gate = new TaskCompletionSource<bool>();
        var loser = FakeStream.Of(Answers.Usage(9, null), Answers.Piece("b"));
        _a.Stream = _ => FakeStream.Of(Answers.Role()).ThenWait(gate.Task).Then(Answers.Piece("a"), Answers.Finish());
        _b.Stream = _ =>
        {
            gate.SetResult(true);
            return loser;
        };
        using var lab = Hedged(_a, _b);
        var asking = lab.AskAsync(streamed: true);
        await _a.Arrival(1);

        lab.Time.Advance(Second);
        var response = await asking;

        Assert.Equal(("a", "a"), (response.Provider, response.Text));
        Assert.Equal((1, 1, 9, 1), (loser.Disposals, lab.Stats("b").Cancelled, lab.Stats("b").InputTokens, lab.Circuit("b").SuccessCount));
        Assert.Equal([("b", AttemptOutcome.Cancelled), ("a", AttemptOutcome.Success)], response.Attempts.Select(attempt => (attempt.Provider, attempt.Outcome)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_answers_in_time_is_not_hedged(bool streamed)
    {
        using var lab = Hedged(_a, _b);

        Assert.Equal("a", (await lab.AskAsync(streamed)).Provider);
        lab.Time.Advance(Second);

        Assert.Equal(0, _b.Calls);
    }

    [Fact]
    public async Task A_client_that_heeds_no_token_does_not_hold_the_winner_up()
    {
        using var lab = Hedged(_a.Deaf(), _b);
        var asking = lab.AskAsync();
        await _a.Arrival(1);

        lab.Time.Advance(Second);

        Assert.Equal("b", (await asking).Provider);
    }

    [Fact]
    public async Task A_failure_of_one_leaves_the_other_its_chance_and_then_the_third()
    {
        var (a, b) = (new TaskCompletionSource<ChatResponse>(), new TaskCompletionSource<ChatResponse>());
        _a.Reply = _ => a.Task;
        _b.Reply = _ => b.Task;
        using var lab = Hedged(_a, _b, _c);
        var asking = lab.AskAsync();
        lab.Time.Advance(Second);
        await _b.Arrival(1);

        a.SetException(Answers.Failure(FailureKind.ServerError));
        Assert.Equal(0, _c.Calls);
        b.SetException(Answers.Failure(FailureKind.Network));

        var response = await asking;
        Assert.Equal("c", response.Provider);
        Assert.Equal([FailureKind.ServerError, FailureKind.Network, null], response.Attempts.Select(attempt => attempt.Kind));
    }

    [Fact]
    public async Task A_fault_of_the_callers_ends_both()
    {
        var a = new TaskCompletionSource<ChatResponse>();
        _a.Reply = _ => a.Task;
        using var lab = Hedged(_a, _b.Waiting());
        var asking = lab.AskAsync();
        lab.Time.Advance(Second);
        await _b.Arrival(1);

        a.SetException(Answers.Failure(FailureKind.ContentFiltered));

        await Assert.ThrowsAsync<ProviderContentFilteredException>(() => asking);
        Assert.True(_b.LastCall.Token.IsCancellationRequested);
        Assert.Equal(1, lab.Stats("b").Cancelled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_cancels_cancels_both(bool streamed)
    {
        using var stop = new CancellationTokenSource();
        using var lab = Hedged(_a.Waiting(), _b.Waiting());
        var asking = lab.AskAsync(streamed, stop.Token);
        await _a.Arrival(1);
        lab.Time.Advance(Second);
        await _b.Arrival(1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal((1, 1, 1), (lab.Stats("a").Cancelled, lab.Stats("b").Cancelled, lab.Client.GetRequestStats().CancelledRequests));
    }

    [Fact]
    public async Task A_hedge_is_an_attempt_like_any_other()
    {
        using var lab = Hedged(_a.Waiting(), _b);
        lab.Options.MaxAttempts = 1;
        var asking = lab.FailAsync();
        await _a.Arrival(1);

        lab.Time.Advance(Second);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        await asking;

        Assert.Equal(0, _b.Calls);
    }

    [Fact]
    public async Task Without_another_provider_that_admits_it_the_budget_stays_whole()
    {
        using var lab = Hedged(_a, _b);
        lab.Client.IsolateProvider("b");
        _a.Waiting();
        var asking = lab.FailAsync();
        await _a.Arrival(1);
        lab.Time.Advance(Second);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        await asking;
        lab.Client.ResetCircuitBreakers();

        var second = lab.AskAsync();
        await _a.Arrival(2);
        lab.Time.Advance(Second);

        Assert.Equal("b", (await second).Provider);
    }

    [Fact]
    public async Task A_probe_that_is_overtaken_gives_its_place_back()
    {
        using var lab = Hedged(_a, _b);
        await lab.OpenAsync(_a);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        _a.Waiting();
        var asking = lab.AskAsync();
        await _a.Arrival(_a.Calls);

        lab.Time.Advance(Second);
        Assert.Equal("b", (await asking).Provider);

        Assert.Equal(CircuitState.HalfOpen, lab.Circuit("a").State);
        Assert.Equal("a", (await Healthy(lab).AskAsync()).Provider);
        Assert.Equal(CircuitState.Closed, lab.Circuit("a").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outage_does_not_double_the_load(bool streamed)
    {
        using var lab = Hedged(_a.Waiting(), _b);
        lab.Options.CircuitBreaker.FailureThreshold = 1_000;
        for (var i = 1; i <= 100; i++)
        {
            var asking = lab.AskAsync(streamed);
            await _a.Arrival(i);
            lab.Time.Advance(Second);
            if (_b.Calls < i)
            {
                lab.Time.Advance(TimeSpan.FromMinutes(1));
            }

            await asking;
        }

        // All are answered; the first hedge and one for each twenty requests came early.
        Assert.Equal((100, 6), (_b.Calls, lab.Stats("a").Cancelled));
    }

    [Fact]
    public async Task A_stream_that_is_taken_up_may_be_hedged()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one ")).ThenFail(new IOException("reset"));
        _b.Waiting();
        _c.Reply = _ => Task.FromResult(Answers.Text("one two"));
        using var lab = Hedged(_a, _b, _c);
        lab.Options.StreamRecovery = StreamRecovery.Continue;
        var asking = lab.AskAsync(streamed: true);
        await _b.Arrival(1);

        lab.Time.Advance(Second);

        Assert.Equal("one two", (await asking).Text);
    }

    [Fact]
    public void A_request_that_is_over_keeps_nothing_on_its_callers_token()
    {
        using var caller = new CancellationTokenSource();
        using var clocks = new ClockPool(TimeProvider.System);
        using var telemetry = new FlexiTelemetry(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, meters: null, providers: () => []);
        var settings = new FailoverSettings
        {
            Mode = FailoverMode.Immediate,
            FailOverOnCallerFaults = false,
            RequestTimeout = null,
            MaxAttempts = 1,
            RetryDelay = TimeSpan.Zero,
            MaxRetryAfterWait = TimeSpan.Zero,
        };
        var run = new RequestRun(new RequestSetup(new ProviderSet([]), settings, clocks, telemetry), caller.Token);
        var lane = run.OpenLane();

        run.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lane.Token);
    }

    private Lab Healthy(Lab lab)
    {
        _a.Healthy();
        return lab;
    }

    private static Lab Hedged(params FakeChat[] chats) => new(chats) { Options = { HedgeAfter = Second } };
}

using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_deadline_ends_an_attempt_and_the_request(bool streamed)
    {
        using var lab = Deadline(_a.Waiting(), _b);
        var asking = lab.FailAsync(streamed);

        lab.Time.Advance(TenSeconds);
        var failure = await asking;

        Assert.Equal([(FailureKind.Timeout, null), (null, (SkipReason?)SkipReason.NotReached)], failure.Attempts.Select(attempt => ((FailureKind?)attempt.Kind, attempt.SkipReason)));
        Assert.Equal("No answer to the request within 10 s.", failure.Attempts[0].Reason);
        Assert.Equal(0, _b.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_deadline_ends_an_attempt_whose_client_is_deaf(bool streamed)
    {
        using var lab = Deadline(_a.Deaf());
        var asking = lab.FailAsync(streamed);

        lab.Time.Advance(TenSeconds);

        Assert.Equal(FailureKind.Timeout, (await asking).Attempts[0].Kind);
    }

    [Fact]
    public async Task The_deadline_covers_all_attempts_together()
    {
        using var lab = Deadline(_a.Waiting(), _b.Waiting());
        lab.With(entry => entry.Timeout = TimeSpan.FromSeconds(6));
        var asking = lab.FailAsync();

        lab.Time.Advance(TimeSpan.FromSeconds(6));
        await _b.Arrival(1);
        lab.Time.Advance(TimeSpan.FromSeconds(4));
        var failure = await asking;

        Assert.Equal(["No whole reply within 6 s.", "No answer to the request within 10 s."], failure.Attempts.Select(attempt => attempt.Reason));
    }

    [Fact]
    public async Task A_wait_that_the_deadline_would_end_is_not_begun()
    {
        using var lab = Deadline(_a.Failing(FailureKind.ServerError, TenSeconds), _b);
        lab.With(entry => entry.MaxRetries = 2);
        lab.Options.MaxRetryAfterWait = TenSeconds;

        Assert.Equal("b", (await lab.AskAsync()).Provider);
    }

    [Fact]
    public async Task A_deadline_within_a_wait_leaves_the_last_failure_as_the_verdict_and_calls_nobody()
    {
        var time = new HandTimers();
        _a.Failing(FailureKind.ServerError, TimeSpan.FromSeconds(1));
        await using var client = new FlexiClient(
            new FlexiOptions { Providers = [new ChatClientProvider("a", _a)], RequestTimeout = TenSeconds }, timeProvider: time);
        var asking = client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);

        time.Ring(TenSeconds);
        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => asking);

        Assert.Equal(FailureKind.ServerError, Assert.Single(failure.Attempts).Kind);
        Assert.Equal((1, 1), (_a.Calls, client.GetProviderStatus()[0].CircuitBreaker.FailureCount));
    }

    [Fact]
    public async Task A_deadline_after_commit_interrupts_the_stream()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("half")).ThenSilence();
        using var lab = Deadline(_a);
        lab.Entry("a").IdleTimeout = TimeSpan.FromHours(1);
        var asking = Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        lab.Time.Advance(TenSeconds);

        Assert.Equal(("half", FailureKind.Timeout), ((await asking).TextSoFar, (await asking).Kind));
    }

    [Fact]
    public async Task The_time_that_the_caller_holds_an_update_does_not_count()
    {
        var gate = new TaskCompletionSource<bool>();
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one"), Answers.Piece("two")).ThenWait(gate.Task).Then(Answers.Piece("three")).ThenSilence();
        using var lab = Deadline(_a);
        lab.Entry("a").IdleTimeout = TimeSpan.FromHours(1);
        await using var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);

        Assert.True(await reading.MoveNextAsync());
        lab.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await reading.MoveNextAsync());
        lab.Time.Advance(TimeSpan.FromHours(1));
        var waiting = reading.MoveNextAsync().AsTask();
        lab.Time.Advance(TimeSpan.FromSeconds(6));
        gate.SetResult(true);
        Assert.True(await waiting);
        lab.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await reading.MoveNextAsync());

        // Six of the ten seconds are spent.
        var last = reading.MoveNextAsync().AsTask();
        lab.Time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(last.IsCompleted);
        lab.Time.Advance(TimeSpan.FromSeconds(0.1));

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => last);
        Assert.Equal("No answer to the request within 10 s.", failure.Attempts[0].Reason);
    }

    private static Lab Deadline(params FakeChat[] chats)
    {
        var lab = new Lab(chats);
        lab.Options.RequestTimeout = TenSeconds;
        return lab;
    }
}

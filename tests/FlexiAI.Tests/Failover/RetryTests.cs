namespace FlexiAI.Tests;

public sealed class RetryTests
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(FailureKind.ServerError, false)]
    [InlineData(FailureKind.ServerError, true)]
    [InlineData(FailureKind.Network, false)]
    [InlineData(FailureKind.Network, true)]
    public async Task A_passing_failure_is_retried_on_the_same_provider(FailureKind kind, bool streamed)
    {
        using var lab = Retrying(_a.FailingFirst(2, kind), _b);

        var response = await lab.AskAsync(streamed);

        Assert.Equal("a", response.Provider);
        Assert.Equal([AttemptOutcome.Failure, AttemptOutcome.Failure, AttemptOutcome.Success], response.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((3, 0), (_a.Calls, _b.Calls));
    }

    [Theory]
    [InlineData(FailureKind.Authentication)]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.Timeout)]
    [InlineData(FailureKind.ModelNotFound)]
    [InlineData(FailureKind.InvalidConfiguration)]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.ContextTooLong)]
    public async Task Other_failures_go_on_to_the_next_provider_at_once(FailureKind kind)
    {
        using var lab = Retrying(_a.Failing(kind), _b);

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal(1, _a.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task MaxRetries_limits_the_attempts_at_one_provider(int maxRetries)
    {
        using var lab = Retrying(_a.Failing(FailureKind.ServerError), _b).With(entry => entry.MaxRetries = maxRetries);

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal(1 + maxRetries, _a.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_call_is_one_verdict_however_many_retries_it_took(bool streamed)
    {
        using var lab = Retrying(_a.Failing(FailureKind.ServerError), _b);

        await lab.AskAsync(streamed);

        Assert.Equal(3, _a.Calls);
        Assert.Equal(1, lab.Circuit("a").FailureCount);
        Assert.Equal(3, lab.Stats("a").Failures[FailureKind.ServerError]);
    }

    [Fact]
    public async Task A_retry_that_succeeds_leaves_no_failure_on_the_circuit()
    {
        using var lab = Retrying(_a.FailingFirst(2, FailureKind.Network), _b);

        await lab.AskAsync();

        Assert.Equal((0, 1), (lab.Circuit("a").FailureCount, lab.Circuit("a").SuccessCount));
    }

    [Fact]
    public async Task A_suspect_is_not_retried_while_another_provider_is_available()
    {
        using var lab = Retrying(_a.Failing(FailureKind.ServerError), _b);
        await lab.AskAsync();

        await lab.AskAsync();

        Assert.Equal(3 + 1, _a.Calls);
    }

    [Fact]
    public async Task A_suspect_is_retried_while_no_other_provider_is_available()
    {
        using var lab = Retrying(_a.FailingFirst(4, FailureKind.ServerError), _b);
        await lab.AskAsync();
        lab.Client.IsolateProvider("b");

        Assert.Equal("a", (await lab.AskAsync()).Provider);
        Assert.Equal(3 + 2, _a.Calls);
    }

    [Fact]
    public async Task A_probe_is_never_retried()
    {
        using var lab = Retrying(_a);
        await lab.OpenAsync(_a);
        var before = _a.Calls;
        lab.Time.Advance(TimeSpan.FromSeconds(60));

        await lab.FailAsync();

        Assert.Equal(before + 1, _a.Calls);
    }

    [Fact]
    public async Task A_request_waits_before_a_retry()
    {
        using var lab = Retrying(_a.FailingFirst(1, FailureKind.ServerError, OneSecond), _b);
        var asking = lab.AskAsync();

        lab.Time.Advance(OneSecond - TimeSpan.FromMilliseconds(60));
        Assert.Equal(1, _a.Calls);
        lab.Time.Advance(TimeSpan.FromMilliseconds(60));

        Assert.Equal("a", (await asking).Provider);
    }

    [Fact]
    public async Task A_retry_is_not_made_if_the_circuit_opened_during_the_wait()
    {
        using var lab = Retrying(_a, _b);
        _a.Failing(FailureKind.ServerError, OneSecond);
        var asking = lab.AskAsync();
        lab.Client.IsolateProvider("a");

        lab.Time.Advance(OneSecond);

        Assert.Equal("b", (await asking).Provider);
        Assert.Equal(1, _a.Calls);
    }

    [Fact]
    public async Task A_retry_is_not_made_before_a_later_time_that_the_provider_named_meanwhile()
    {
        using var lab = Retrying(_a, _b);
        _a.Reply = call => throw Answers.Failure(FailureKind.ServerError, call.Number == 1 ? OneSecond : TimeSpan.FromMinutes(1));
        var asking = lab.AskAsync();
        lab.Time.Advance(TimeSpan.FromMilliseconds(999));
        lab.Client.ResetCircuitBreakers("a");
        Assert.Equal("b", (await lab.AskAsync()).Provider);

        lab.Time.Advance(OneSecond);

        Assert.Equal("b", (await asking).Provider);
        Assert.Equal(2, _a.Calls);
    }

    private static Lab Retrying(params FakeChat[] chats)
    {
        var lab = new Lab(chats).With(entry => entry.MaxRetries = 2);
        lab.Options.RetryDelay = TimeSpan.Zero;
        return lab;
    }
}

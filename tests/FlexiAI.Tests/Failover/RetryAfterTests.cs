namespace FlexiAI.Tests;

public sealed class RetryAfterTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_short_Retry_After_is_waited_out_on_the_same_provider(bool streamed)
    {
        using var lab = Retrying(_a.FailingFirst(1, FailureKind.RateLimited, TimeSpan.FromSeconds(2)));
        var asking = lab.AskAsync(streamed);

        lab.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal((1, false), (_a.Calls, asking.IsCompleted));
        lab.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("a", (await asking).Provider);
        Assert.Equal(TimeSpan.FromSeconds(2), (await asking).Attempts[0].RetryAfter);
    }

    [Fact]
    public async Task A_rate_limit_that_repeats_is_not_waited_out_twice()
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromSeconds(1)));
        var asking = lab.AskAsync();

        lab.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("b", (await asking).Provider);
        Assert.Equal(2, _a.Calls);
    }

    [Fact]
    public async Task While_one_request_waits_a_time_out_others_leave_the_provider_alone()
    {
        using var lab = Retrying(_a.FailingFirst(1, FailureKind.RateLimited, TimeSpan.FromSeconds(1)));
        var waiting = lab.AskAsync();

        var other = await lab.AskAsync();
        lab.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("b", SkipReason.Throttled), (other.Provider, other.Attempts[0].SkipReason));
        Assert.Equal("a", (await waiting).Provider);
    }

    [Fact]
    public async Task A_long_Retry_After_is_not_waited_out()
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromSeconds(3)));

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal(1, _a.Calls);
    }

    [Fact]
    public async Task A_Retry_After_beyond_the_deadline_is_not_waited_out()
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromSeconds(1)));
        lab.Options.RequestTimeout = TimeSpan.FromSeconds(1);

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal(1, _a.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_named_a_time_is_not_called_before_it(bool streamed)
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromSeconds(10)));
        await lab.AskAsync(streamed);
        Assert.True(lab.Circuit("a").Throttled);
        Assert.False(lab.Status("a").Healthy);

        lab.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        var before = await lab.AskAsync(streamed);
        _a.Healthy();
        lab.Time.Advance(TimeSpan.FromTicks(1));
        var after = await lab.AskAsync(streamed);

        Assert.Equal((SkipReason.Throttled, TimeSpan.FromTicks(1)), (before.Attempts[0].SkipReason, before.Attempts[0].RetryAfter));
        Assert.Equal("a", after.Provider);
    }

    [Fact]
    public async Task Trap13_A_shorter_hint_never_shortens_an_earlier_one()
    {
        using var lab = Retrying(_a);
        var first = new TaskCompletionSource();
        _a.Reply = async call =>
        {
            await (call.Number == 1 ? first.Task : Task.CompletedTask);
            throw Answers.Failure(FailureKind.RateLimited, TimeSpan.FromSeconds(call.Number == 1 ? 3 : 100));
        };
        var slow = lab.AskAsync();
        await lab.AskAsync();

        first.SetResult();
        await slow;

        Assert.Equal(TimeSpan.FromSeconds(100), lab.Circuit("a").RetryAfter);
    }

    [Fact]
    public async Task A_huge_Retry_After_is_cut_to_MaxRetryAfter()
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromDays(3)));

        await lab.AskAsync();

        Assert.Equal(TimeSpan.FromMinutes(10), lab.Circuit("a").RetryAfter);
    }

    [Fact]
    public async Task Trap5_A_rate_limit_on_one_key_leaves_other_entries_of_the_type_alone()
    {
        using var lab = Retrying(_a.Failing(FailureKind.RateLimited, TimeSpan.FromMinutes(1)));

        await lab.AskAsync();

        Assert.Equal((true, false), (lab.Circuit("a").Throttled, lab.Circuit("b").Throttled));
        Assert.Equal((1, 0), (lab.Circuit("a").FailureCount, lab.Circuit("b").FailureCount));
    }

    private Lab Retrying(FakeChat first)
    {
        var lab = new Lab(first, _b).With(entry => entry.MaxRetries = 2);
        lab.Options.RetryDelay = TimeSpan.Zero;
        return lab;
    }
}

namespace FlexiAI.Tests;

public sealed class BudgetTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Fact]
    public async Task A_retry_never_takes_the_place_of_an_untried_provider()
    {
        using var lab = Budget(4, _a.Failing(FailureKind.ServerError), _b.Failing(FailureKind.ServerError), _c);

        var response = await lab.AskAsync();

        Assert.Equal(["a", "a", "b", "c"], response.Attempts.Select(attempt => attempt.Provider));
    }

    [Fact]
    public async Task A_place_is_not_kept_for_a_provider_that_cannot_be_asked()
    {
        using var lab = Budget(2, _a.FailingFirst(1, FailureKind.ServerError), _b);
        lab.Client.IsolateProvider("b");

        Assert.Equal("a", (await lab.AskAsync()).Provider);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Providers_beyond_the_budget_are_not_reached(bool streamed)
    {
        using var lab = Budget(2, _a.Failing(FailureKind.ServerError), _b.Failing(FailureKind.ServerError), _c);

        var failure = await lab.FailAsync(streamed);

        Assert.Equal(
            [("a", null), ("b", null), ("c", (SkipReason?)SkipReason.NotReached)],
            failure.Attempts.Select(attempt => (attempt.Provider, attempt.SkipReason)));
        Assert.Equal(0, _c.Calls);
    }

    [Fact]
    public async Task Skipped_providers_cost_nothing()
    {
        using var lab = Budget(1, _a, _b, _c);
        lab.Client.IsolateProvider("a");
        lab.Client.IsolateProvider("b");

        Assert.Equal("c", (await lab.AskAsync()).Provider);
    }

    [Fact]
    public async Task A_budget_of_one_asks_once()
    {
        using var lab = Budget(1, _a.Failing(FailureKind.ServerError));

        await lab.FailAsync();

        Assert.Equal(1, _a.Calls);
    }

    private static Lab Budget(int attempts, params FakeChat[] chats)
    {
        var lab = new Lab(chats).With(entry => entry.MaxRetries = 10);
        (lab.Options.MaxAttempts, lab.Options.RetryDelay) = (attempts, TimeSpan.Zero);
        return lab;
    }
}

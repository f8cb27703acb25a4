namespace FlexiAI.Tests;

public sealed class HedgeBudgetTests
{
    [Fact]
    public void The_first_hedge_is_a_gift()
    {
        var budget = new HedgeBudget(0.05);

        Assert.Equal([true, false], new[] { budget.TrySpend(), budget.TrySpend() });
    }

    [Theory]
    [InlineData(0.05, 20)]
    [InlineData(0.3, 4)]
    [InlineData(1.0, 1)]
    public void Requests_earn_their_share_of_a_hedge(double share, int requests)
    {
        var budget = new HedgeBudget(share);
        budget.TrySpend();

        for (var i = 1; i < requests; i++)
        {
            budget.Earn();
        }

        Assert.False(budget.TrySpend());
        budget.Earn();
        Assert.True(budget.TrySpend());
    }

    [Fact]
    public void At_most_ten_are_kept()
    {
        var budget = new HedgeBudget(0.5);
        for (var i = 0; i < 1_000; i++)
        {
            budget.Earn();
        }

        Assert.Equal(10, Enumerable.Range(0, 1_000).Count(_ => budget.TrySpend()));
    }

    [Fact]
    public void A_hedge_that_came_to_nothing_is_put_back()
    {
        var budget = new HedgeBudget(0.05);
        budget.TrySpend();

        budget.Return();

        Assert.True(budget.TrySpend());
    }

    [Fact]
    public async Task Threads_spend_no_hedge_twice()
    {
        var budget = new HedgeBudget(1);
        for (var i = 0; i < 9; i++)
        {
            budget.Earn();
        }

        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Count(_ => budget.TrySpend()))));

        Assert.Equal(10, spent.Sum());
    }
}

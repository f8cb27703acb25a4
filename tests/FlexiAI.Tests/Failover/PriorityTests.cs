namespace FlexiAI.Tests;

public sealed class PriorityTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_highest_priority_answers_and_no_other_is_asked(bool streamed)
    {
        using var lab = new Lab(_a, _b);
        (lab.Entry("a").Priority, lab.Entry("b").Priority) = (2, 1);

        var response = await lab.AskAsync(streamed);

        Assert.Equal("b", response.Provider);
        Assert.Equal("Hello from b", response.Text);
        Assert.Equal(0, _a.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failing_request_goes_on_by_priority(bool streamed)
    {
        using var lab = new Lab(_a.Failing(FailureKind.Network), _b.Failing(FailureKind.Authentication), _c);

        var response = await lab.AskAsync(streamed);

        Assert.Equal("c", response.Provider);
        Assert.Equal(["a", "b", "c"], response.Attempts.Select(attempt => attempt.Provider));
        Assert.Equal([FailureKind.Network, FailureKind.Authentication, null], response.Attempts.Select(attempt => attempt.Kind));
    }

    [Fact]
    public async Task Equal_priorities_take_turns()
    {
        using var lab = new Lab(_a, _b, _c).With(entry => entry.Priority = 1);
        var served = new List<string?>();
        for (var i = 0; i < 6; i++)
        {
            served.Add((await lab.AskAsync()).Provider);
        }

        Assert.Equal(["a", "b", "c", "a", "b", "c"], served);
    }

    [Theory]
    [InlineData(0, "a", "b", "c")]
    [InlineData(1, "b", "c", "a")]
    [InlineData(2, "c", "a", "b")]
    public async Task Failing_over_among_equals_goes_round_the_group_from_where_the_turn_began(int earlier, params string[] order)
    {
        using var lab = new Lab(_a, _b, _c, new FakeChat("last")).With(entry => entry.Priority = 1);
        lab.Entry("last").Priority = 2;
        for (var i = 0; i < earlier; i++)
        {
            await lab.AskAsync();
        }

        foreach (var chat in new[] { _a, _b, _c })
        {
            chat.Failing(FailureKind.Timeout);
        }

        var response = await lab.AskAsync();

        Assert.Equal([.. order, "last"], response.Attempts.Select(attempt => attempt.Provider));
    }

    [Fact]
    public async Task Turns_are_shared_by_concurrent_requests()
    {
        using var lab = new Lab(_a, _b).With(entry => entry.Priority = 1);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => lab.AskAsync(), Lab.Stop)));

        Assert.Equal((50, 50), (_a.Calls, _b.Calls));
    }

    [Fact]
    public async Task A_chosen_primary_is_asked_first_and_the_others_keep_their_order()
    {
        using var lab = new Lab(_a.Failing(FailureKind.Network), _b, _c.Failing(FailureKind.Network));

        lab.Client.SetPrimaryProvider("C");

        Assert.Equal(["c", "a", "b"], (await lab.AskAsync()).Attempts.Select(attempt => attempt.Provider));
        Assert.Equal([1, 2, 3], lab.Client.GetProviderStatus().Select(status => status.Priority));
    }

    [Fact]
    public async Task A_primary_chosen_among_equals_leaves_the_others_their_turns()
    {
        using var lab = new Lab(_a, _b, _c).With(entry => entry.Priority = 1);
        lab.Client.SetPrimaryProvider("b");
        _b.Failing(FailureKind.ContextTooLong);

        var first = await lab.AskAsync();
        var second = await lab.AskAsync();

        Assert.Equal(["b", "a"], first.Attempts.Select(attempt => attempt.Provider));
        Assert.Equal(["b", "c"], second.Attempts.Select(attempt => attempt.Provider));
    }
}

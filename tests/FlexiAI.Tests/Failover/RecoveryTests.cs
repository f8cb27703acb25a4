namespace FlexiAI.Tests;

public sealed class RecoveryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private readonly FakeChat _openai = new("openai");
    private readonly FakeChat _anthropic = new("anthropic");

    [Theory]
    [InlineData(FailoverMode.Immediate, false)]
    [InlineData(FailoverMode.Immediate, true)]
    [InlineData(FailoverMode.WhenOpen, false)]
    [InlineData(FailoverMode.WhenOpen, true)]
    public async Task Case_A_the_primary_recovered_and_all_later_requests_go_there(FailoverMode mode, bool streamed)
    {
        using var lab = await OpenAsync(mode);
        _openai.Healthy();
        lab.Time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal("anthropic", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal(3, _openai.Calls);

        lab.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("openai", (await lab.AskAsync(streamed)).Provider);

        Assert.Equal((CircuitState.Closed, 1, 0), (lab.Circuit("openai").State, lab.Circuit("openai").SuccessCount, lab.Circuit("openai").FailureCount));
        Assert.Equal("openai", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal("openai", (await lab.AskAsync(streamed)).Provider);
    }

    [Theory]
    [InlineData(FailoverMode.Immediate, false)]
    [InlineData(FailoverMode.Immediate, true)]
    [InlineData(FailoverMode.WhenOpen, false)]
    [InlineData(FailoverMode.WhenOpen, true)]
    public async Task Case_B_the_primary_is_still_down_and_waits_another_recovery_time(FailoverMode mode, bool streamed)
    {
        using var lab = await OpenAsync(mode);
        lab.Time.Advance(Minute + TimeSpan.FromSeconds(1));

        Assert.Equal("anthropic", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal((4, CircuitState.Open), (_openai.Calls, lab.Circuit("openai").State));
        Assert.Equal(Minute, lab.Circuit("openai").RetryAfter);

        _openai.Healthy();
        lab.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("anthropic", (await lab.AskAsync(streamed)).Provider);
        lab.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("openai", (await lab.AskAsync(streamed)).Provider);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task Trap6_Of_100_requests_at_the_moment_of_recovery_exactly_HalfOpenMaxCalls_reach_the_primary(int places, bool streamed)
    {
        using var lab = new Lab(_openai, _anthropic);
        lab.Options.CircuitBreaker.HalfOpenMaxCalls = places;
        await lab.OpenAsync(_openai);
        var before = _openai.Calls;
        var probes = new TaskCompletionSource<Microsoft.Extensions.AI.ChatResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _openai.Reply = async _ => Answers.Text((await probes.Task).Text);
        lab.Time.Advance(Minute);

        var asking = Enumerable.Range(0, 100).Select(_ => Task.Run(() => lab.AskAsync(streamed), Lab.Stop)).ToList();
        var answered = 0;
        await foreach (var request in Task.WhenEach(asking).WithCancellation(Lab.Stop))
        {
            if (++answered == 100 - places)
            {
                break;
            }
        }

        Assert.Equal(before + places, _openai.Calls);
        probes.SetResult(Answers.Text("back"));
        var responses = await Task.WhenAll(asking);

        Assert.Equal(places, responses.Count(response => response.Provider == "openai"));
        Assert.Equal(100 - places, responses.Count(response => response.Provider == "anthropic"));
        Assert.Equal((before + places, CircuitState.Closed), (_openai.Calls, lab.Circuit("openai").State));
    }

    [Fact]
    public async Task While_a_probe_is_out_other_requests_say_so()
    {
        using var lab = await OpenAsync(FailoverMode.Immediate);
        var probe = new TaskCompletionSource<Microsoft.Extensions.AI.ChatResponse>();
        _openai.Reply = _ => probe.Task;
        lab.Time.Advance(Minute);
        var probing = lab.AskAsync();

        var other = await lab.AskAsync();

        Assert.Equal(("anthropic", SkipReason.ProbeInFlight), (other.Provider, other.Attempts[0].SkipReason));
        probe.SetResult(Answers.Text("back"));
        Assert.Equal("openai", (await probing).Provider);
    }

    [Fact]
    public async Task Trap10_An_open_provider_that_nobody_called_for_long_recovers_with_the_next_request()
    {
        using var lab = await OpenAsync(FailoverMode.Immediate);
        _openai.Healthy();
        lab.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal("openai", (await lab.AskAsync()).Provider);
    }

    [Fact]
    public async Task Trap11_When_all_are_open_the_first_whose_time_is_over_is_tried()
    {
        using var lab = new Lab(_openai, _anthropic.Failing(FailureKind.ServerError));
        await lab.OpenAsync(_openai);
        Assert.Equal(Minute, (await lab.FailAsync()).RetryAfter);
        lab.Time.Advance(Minute);
        _anthropic.Healthy();

        Assert.Equal("anthropic", (await lab.AskAsync()).Provider);
    }

    [Fact]
    public async Task Trap7_A_success_from_before_the_circuit_opened_closes_nothing()
    {
        using var lab = new Lab(_openai, _anthropic);
        var early = new TaskCompletionSource<Microsoft.Extensions.AI.ChatResponse>();
        _openai.Reply = _ => early.Task;
        var slow = lab.AskAsync();
        await lab.OpenAsync(_openai);

        early.SetResult(Answers.Text("late"));

        Assert.Equal("late", (await slow).Text);
        Assert.Equal(CircuitState.Open, lab.Circuit("openai").State);
    }

    private async Task<Lab> OpenAsync(FailoverMode mode)
    {
        var lab = new Lab(_openai, _anthropic) { Options = { FailoverMode = mode } };
        await lab.OpenAsync(_openai);
        Assert.Equal(3, _openai.Calls);
        return lab;
    }
}

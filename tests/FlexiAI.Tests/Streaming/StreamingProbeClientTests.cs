using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Streams that test an open circuit.</summary>
public sealed class StreamingProbeClientTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Fact]
    public async Task Trap9_A_probe_is_a_success_at_its_first_content_not_before()
    {
        var (content, rest) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<bool>());
        var stream = FakeStream.Of(Answers.Role()).ThenWait(content.Task).Then(Answers.Piece("one")).ThenWait(rest.Task);
        using var lab = await ProbingAsync(stream);
        await using var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        var first = reading.MoveNextAsync().AsTask();
        Assert.Equal(CircuitState.HalfOpen, lab.Circuit("a").State);

        content.SetResult(true);
        Assert.True(await first);

        Assert.Equal((CircuitState.Closed, 1), (lab.Circuit("a").State, lab.Circuit("a").SuccessCount));
        rest.SetResult(false);
    }

    [Fact]
    public async Task Trap9_A_probe_that_dies_before_content_re_opens_and_fails_over()
    {
        using var lab = await ProbingAsync(FakeStream.Of(Answers.Role(), Answers.Piece("")).ThenFail(new IOException("reset")));

        Assert.Equal("b", (await lab.AskAsync(streamed: true)).Provider);

        Assert.Equal(CircuitState.Open, lab.Circuit("a").State);
    }

    [Fact]
    public async Task A_probe_that_dies_after_content_counts_one_failure_in_the_closed_circuit()
    {
        using var lab = await ProbingAsync(FakeStream.Of(Answers.Piece("one")).ThenFail(new IOException("reset")));

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal((CircuitState.Closed, 1), (lab.Circuit("a").State, lab.Circuit("a").FailureCount));
    }

    [Fact]
    public async Task A_probe_that_dies_after_content_while_others_are_to_come_re_opens()
    {
        using var lab = await ProbingAsync(FakeStream.Of(Answers.Piece("one")).ThenFail(new IOException("reset")), places: 2);

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(CircuitState.Open, lab.Circuit("a").State);
    }

    [Fact]
    public async Task A_probe_that_ends_well_is_one_success()
    {
        using var lab = await ProbingAsync(FakeStream.Of(Answers.Piece("one"), Answers.Finish()));

        await lab.AskAsync(streamed: true);

        Assert.Equal((CircuitState.Closed, 1), (lab.Circuit("a").State, lab.Circuit("a").SuccessCount));
    }

    [Fact]
    public async Task A_caller_who_leaves_a_probe_early_leaves_a_success()
    {
        using var lab = await ProbingAsync(FakeStream.Of(Answers.Piece("one"), Answers.Piece("two")));

        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            break;
        }

        Assert.Equal((CircuitState.Closed, 1, 0), (lab.Circuit("a").State, lab.Circuit("a").SuccessCount, lab.Circuit("a").FailureCount));
    }

    private async Task<Lab> ProbingAsync(FakeStream stream, int places = 1)
    {
        var lab = new Lab(_a, _b);
        lab.Options.CircuitBreaker.HalfOpenMaxCalls = places;
        await lab.OpenAsync(_a);
        _a.Stream = _ => stream;
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        return lab;
    }
}

using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The finish reason decides whether an answer is whole, not how its stream ends.</summary>
public sealed class WholeAnswerTests
{
    private readonly FakeChat _a = new("a");

    [Fact]
    public async Task After_the_finish_reason_a_failure_takes_nothing_away()
    {
        var stream = FakeStream.Of(Answers.Piece("one"), Answers.Finish(), Answers.Usage(3, 1)).ThenFail(new IOException("reset"));
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one", ChatFinishReason.Stop, 1), (response.Text, response.FinishReason, response.Usage!.OutputTokenCount));
        Assert.Equal((0, 1, 1), (lab.Circuit("a").FailureCount, lab.Circuit("a").SuccessCount, stream.Disposals));
        Assert.Equal(1, lab.Client.GetRequestStats().SuccessfulRequests);
    }

    [Fact]
    public async Task After_the_finish_reason_silence_ends_the_answer_within_two_seconds()
    {
        var stream = FakeStream.Of(Answers.Piece("one"), Answers.Finish()).ThenSilence();
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);
        var asking = lab.AskAsync(streamed: true);

        lab.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(asking.IsCompleted);
        lab.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("one", (await asking).Text);
        Assert.Equal((0, 1), (lab.Circuit("a").FailureCount, lab.Circuit("a").SuccessCount));
        Assert.False(stream.DisposedWhileReading);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_calls_that_never_came_are_missing_though_the_finish_reason_came(bool silent)
    {
        var stream = FakeStream.Of(Answers.Piece("one"), Answers.Finish(ChatFinishReason.ToolCalls));
        _a.Stream = _ => silent ? stream.ThenSilence() : stream.ThenFail(new IOException("reset"));
        using var lab = new Lab(_a);
        var asking = Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        lab.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("one", (await asking).TextSoFar);
    }

    [Fact]
    public async Task A_caller_who_cancels_after_the_finish_reason_has_cancelled()
    {
        using var stop = new CancellationTokenSource();
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one"), Answers.Finish()).ThenSilence();
        using var lab = new Lab(_a);
        var asking = lab.AskAsync(streamed: true, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(1, lab.Client.GetRequestStats().CancelledRequests);
    }

    [Fact]
    public async Task A_shorter_idle_clock_is_not_made_longer_by_the_finish_reason()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one"), Answers.Finish()).ThenSilence();
        using var lab = new Lab(_a).With(entry => entry.IdleTimeout = TimeSpan.FromSeconds(1));
        var asking = lab.AskAsync(streamed: true);

        lab.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("one", (await asking).Text);
    }
}

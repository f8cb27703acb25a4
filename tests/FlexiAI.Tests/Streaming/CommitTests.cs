using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What happens to a stream before its first content.</summary>
public sealed class CommitTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    public static TheoryData<AIContent> Contents =>
    [
        new TextContent("x"), new TextReasoningContent("hm"), new FunctionCallContent("1", "f"), new DataContent(new byte[] { 1 }, "image/png"),
    ];

    [Fact]
    public async Task Trap16_An_error_after_start_up_updates_fails_over_unseen()
    {
        var stream = FakeStream.Of(Answers.Role(), Answers.Piece(""), Answers.Usage(9, null)).ThenFail(Answers.Failure(FailureKind.ServerError));
        using var lab = Streaming(stream);

        var updates = await lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop);

        Assert.Equal("Hello from b", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal([AttemptOutcome.Failure, AttemptOutcome.Success], updates[0].Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((1, 1), (stream.Disposals, lab.Circuit("a").FailureCount));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task After_the_first_content_of_any_kind_an_error_is_the_callers_to_see(AIContent content)
    {
        using var lab = Streaming(FakeStream.Of(new ChatResponseUpdate(ChatRole.Assistant, [content])).ThenFail(new IOException("reset")));

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));
    }

    [Fact]
    public async Task Updates_are_held_until_the_first_content_and_not_longer()
    {
        var gate = new TaskCompletionSource<bool>();
        using var lab = Streaming(FakeStream.Of(Answers.Role(), Answers.Piece("one")).ThenWait(gate.Task));
        await using var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);

        Assert.True(await reading.MoveNextAsync());
        Assert.Equal("", reading.Current.Text);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal("one", reading.Current.Text);
        gate.SetResult(false);
    }

    [Theory]
    [InlineData(63, "b")]
    [InlineData(64, "a")]
    public async Task At_most_64_updates_are_held(int empty, string provider)
    {
        var stream = FakeStream.Of([.. Enumerable.Range(0, empty).Select(_ => Answers.Role())]).ThenFail(new IOException("reset"));
        using var lab = Streaming(stream);

        if (provider == "b")
        {
            Assert.Equal("b", (await lab.AskAsync(streamed: true)).Provider);
        }
        else
        {
            Assert.Equal("", (await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true))).TextSoFar);
        }
    }

    [Fact]
    public async Task An_empty_stream_is_no_answer()
    {
        using var lab = Streaming(new FakeStream());

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("b", FailureKind.InvalidResponse, "The reply has no content."), (response.Provider, response.Attempts[0].Kind, response.Attempts[0].Reason));
    }

    [Fact]
    public async Task A_client_that_throws_before_it_returns_a_stream_fails_over()
    {
        using var lab = new Lab(_a, _b);
        _a.Stream = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

        Assert.Equal(FailureKind.Network, (await lab.AskAsync(streamed: true)).Attempts[0].Kind);
    }

    [Fact]
    public async Task A_null_update_is_no_answer()
    {
        using var lab = Streaming(FakeStream.Of([null!]));

        Assert.Equal("b", (await lab.AskAsync(streamed: true)).Provider);
    }

    [Fact]
    public async Task A_silent_stream_is_given_up_and_closed_when_its_read_has_ended()
    {
        var read = new TaskCompletionSource<bool>();
        var stream = FakeStream.Of(Answers.Role()).ThenWait(read.Task);
        using var lab = Streaming(stream);
        var asking = lab.AskAsync(streamed: true);

        lab.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("b", (await asking).Provider);
        Assert.Equal(0, stream.Disposals);

        read.SetException(new IOException("at last"));
        Assert.Equal((1, false), (stream.Disposals, stream.DisposedWhileReading));
    }

    [Fact]
    public async Task A_stream_that_fails_to_close_harms_nobody()
    {
        var stream = FakeStream.Of(Answers.Role());
        stream.FailureOfClosing = new InvalidOperationException("A bug of the SDK's.");
        using var lab = Streaming(stream);

        Assert.Equal(("b", "The reply has no content."), ((await lab.AskAsync(streamed: true)).Provider, (await lab.AskAsync(streamed: true)).Attempts[0].Reason));
    }

    private Lab Streaming(FakeStream stream)
    {
        _a.Stream = _ => stream;
        return new Lab(_a, _b);
    }
}

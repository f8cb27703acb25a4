using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The invariants T1 to T4.</summary>
public sealed class ClientInvariantTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Fact]
    public async Task T1_WithoutFailures_TheInnerClientsOwnResponseComesBack()
    {
        var own = Answers.Text("whole");
        _a.Reply = _ => Task.FromResult(own);
        using var lab = new Lab(_a);
        ChatMessage[] messages = [new(ChatRole.User, "Hello")];
        var options = new ChatOptions { Temperature = 0.3f };

        var response = await lab.Client.GetResponseAsync(messages, options, Lab.Stop);

        Assert.Same(own, response);
        Assert.Same(messages, _a.LastCall.Messages);
        Assert.Same(options, _a.LastCall.Options);
    }

    [Fact]
    public async Task T1_WithoutFailures_TheInnerClientsOwnUpdatesComeInOrderAndItIsClosedOnce()
    {
        ChatResponseUpdate[] updates =
        [
            Answers.Role(), Answers.Piece(""), Answers.Usage(3, null), Answers.Piece("one"), Answers.Piece(" two"), Answers.Usage(null, 2), Answers.Finish(),
        ];
        var stream = FakeStream.Of(updates);
        _a.Stream = _ => stream;
        using var lab = new Lab(_a);

        var seen = await lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop);

        Assert.Equal(updates.Length, seen.Count);
        Assert.All(updates.Zip(seen), pair => Assert.Same(pair.First, pair.Second));
        Assert.Equal((1, updates.Length + 1), (stream.Disposals, stream.Reads));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task T1_TheInnerClientIsDisposedOnce_UsedOrNot(bool used)
    {
        var lab = new Lab(_a);
        lab.Entry("a").EmbeddingGenerator = new FakeEmbeddings();
        if (used)
        {
            await lab.AskAsync();
        }

        lab.Client.Dispose();
        await lab.Client.DisposeAsync();

        Assert.Equal(1, _a.Disposals);
        Assert.Equal(1, ((FakeEmbeddings)lab.Entry("a").EmbeddingGenerator!).Disposals);
    }

    [Fact]
    public async Task T2_OnlyOneProvidersOutputReachesTheCaller()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Piece("")).ThenFail(new IOException("reset"));
        using var lab = new Lab(_a, _b);

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal("Hello from b", response.Text);
        Assert.Single(response.Messages);
    }

    [Fact]
    public async Task T2_AfterCommit_NoOtherProviderIsAsked()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("half")).ThenFail(new IOException("reset"));
        using var lab = new Lab(_a, _b);

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(0, _b.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task T3_ALowerPriorityIsUsedOnlyIfEveryHigherOneCouldNotServe(bool streamed)
    {
        var throttled = new FakeChat("throttled");
        using var lab = new Lab(_a, throttled, _b, _c);
        lab.Client.IsolateProvider("a");
        throttled.Failing(FailureKind.RateLimited, TimeSpan.FromMinutes(1));
        await lab.AskAsync(streamed);
        _b.Failing(FailureKind.ServerError);

        var response = await lab.AskAsync(streamed);

        Assert.Equal(
            [("a", SkipReason.Isolated), ("throttled", SkipReason.Throttled), ("b", null), ("c", (SkipReason?)null)],
            response.Attempts.Select(attempt => (attempt.Provider, attempt.SkipReason)));
        Assert.Equal((0, 1), (_a.Calls, throttled.Calls));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task T4_TotalFailureListsEveryAttemptAndTheEarliestRetry(bool streamed)
    {
        using var lab = new Lab(_a.Failing(FailureKind.RateLimited, TimeSpan.FromSeconds(90), 429), _b.Failing(FailureKind.ServerError, TimeSpan.FromSeconds(30), 503), _c);
        lab.Client.IsolateProvider("c");

        var failure = await lab.FailAsync(streamed);

        Assert.Equal(
            [("a", FailureKind.RateLimited, null), ("b", FailureKind.ServerError, null), ("c", null, (SkipReason?)SkipReason.Isolated)],
            failure.Attempts.Select(attempt => (attempt.Provider, attempt.Kind, attempt.SkipReason)));
        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
        Assert.Equal(FailureKind.ServerError, Assert.IsAssignableFrom<ProviderException>(failure.InnerException).Kind);
        Assert.Equal((1, 1), (lab.Client.GetRequestStats().TotalRequests, lab.Client.GetRequestStats().FailedRequests));
    }

    [Fact]
    public async Task T4_WhenEveryCircuitIsOpen_NobodyIsAskedAndItIsCounted()
    {
        using var lab = new Lab(_a, _b);
        lab.Client.IsolateProvider("a");
        lab.Client.IsolateProvider("b");

        var failure = await lab.FailAsync();

        Assert.Null(failure.RetryAfter);
        Assert.Null(failure.InnerException);
        Assert.All(failure.Attempts, attempt => Assert.Equal((AttemptOutcome.Skipped, SkipReason.Isolated), (attempt.Outcome, attempt.SkipReason)));
        Assert.Equal(1, lab.Client.GetRequestStats().FailedRequests);
    }
}

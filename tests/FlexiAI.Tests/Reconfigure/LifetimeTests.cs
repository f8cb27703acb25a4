using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>How long what was removed lives on, and that it does not live on for ever.</summary>
public sealed class LifetimeTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly TaskCompletionSource<bool> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Trap23_A_stream_of_a_removed_entry_is_read_to_its_end_and_then_the_client_is_disposed()
    {
        using var lab = new Lab(_a, _b);
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one ")).ThenWait(_gate.Task).Then(Answers.Piece("two"), Answers.Finish());
        await using var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        Assert.True(await stream.MoveNextAsync());

        Reconfigure(lab, _b);
        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Reconfigure(lab, _b);
        Assert.Equal(0, _a.Disposals);
        var text = stream.Current.Text;
        _gate.SetResult(true);
        while (await stream.MoveNextAsync())
        {
            text += stream.Current.Text;
        }

        Assert.StartsWith("one ", text, StringComparison.Ordinal);
        Assert.EndsWith("two", text, StringComparison.Ordinal);
        await _a.DisposalAsync();
        Assert.Equal((1, 0), (_a.Disposals, _b.Disposals));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_under_way_may_still_go_on_to_an_entry_that_was_removed(bool hedged)
    {
        using var lab = new Lab(_a, _b) { Options = { HedgeAfter = hedged ? TimeSpan.FromSeconds(5) : null } };
        _a.Reply = async _ =>
        {
            await _gate.Task;
            throw Answers.Failure(FailureKind.ServerError);
        };
        var asking = lab.AskAsync();
        await _a.Arrival(1);
        var c = new FakeChat("c");

        Reconfigure(lab, c);
        _gate.SetResult(true);

        Assert.Equal("b", (await asking).Provider);
        await _a.DisposalAsync();
        await _b.DisposalAsync();
        Assert.Equal("c", (await lab.AskAsync()).Provider);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    [InlineData("left")]
    [InlineData("cut")]
    public async Task However_the_last_request_ends_the_removed_client_is_disposed(string end)
    {
        using var lab = new Lab(_a);
        using var caller = new CancellationTokenSource();
        _a.Stream = _ => (end == "failed" ? new FakeStream() : FakeStream.Of(Answers.Piece("one "), Answers.Piece("two "))).ThenWait(_gate.Task)
            .ThenFail(Answers.Failure(FailureKind.ServerError));
        var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: caller.Token).GetAsyncEnumerator(Lab.Stop);
        var first = stream.MoveNextAsync().AsTask();
        await _a.Arrival(1);
        Reconfigure(lab, _b);
        Assert.Equal(0, _a.Disposals);

        if (end == "cancelled")
        {
            await caller.CancelAsync();
        }
        else if (end != "left")
        {
            _gate.SetResult(true);
        }

        await Record.ExceptionAsync(async () =>
        {
            for (var more = await first; more && end != "left"; more = await stream.MoveNextAsync())
            {
            }
        });
        await stream.DisposeAsync();

        await _a.DisposalAsync();
        Assert.Equal(1, _a.Disposals);
    }

    [Fact]
    public async Task A_client_that_another_entry_has_now_is_not_disposed()
    {
        using var lab = new Lab(_a, _b);

        lab.Client.Reconfigure(new FlexiOptions { Providers = [new ChatClientProvider("renamed", _a)] });
        await _b.DisposalAsync();

        Assert.Equal("renamed", (await lab.AskAsync()).Provider);
        Assert.Equal(0, _a.Disposals);
    }

    [Fact]
    public async Task A_generator_that_was_replaced_is_disposed_and_the_client_beside_it_is_not()
    {
        using var old = new FakeEmbeddings();
        using var lab = new Lab(_a, _b);
        lab.Entry("a").EmbeddingGenerator = old;
        _ = lab.Client;

        Reconfigure(lab, _a);
        await _b.DisposalAsync();

        Assert.Equal((1, 0), (old.Disposals, _a.Disposals));
    }

    [Fact]
    public async Task The_end_of_the_client_disposes_also_what_requests_still_use()
    {
        var lab = new Lab(_a);
        var c = new FakeChat("c");
        _a.Deaf();
        using var caller = new CancellationTokenSource();
        var asking = lab.AskAsync(caller: caller.Token);
        await _a.Arrival(1);
        Reconfigure(lab, _b);
        Reconfigure(lab, c);

        lab.Client.Dispose();

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await _b.DisposalAsync();
        Assert.Equal((1, 1, 1), (_a.Disposals, _b.Disposals, c.Disposals));
    }

    [Fact]
    public async Task Options_given_and_the_client_ended_by_many_threads_at_once_leave_no_client_undisposed()
    {
        for (var round = 0; round < 50; round++)
        {
            var lab = new Lab(new FakeChat("first"));
            var client = lab.Client;
            var given = Enumerable.Range(0, 8).Select(i => new FakeChat($"chat{i}")).ToList();
            var taken = await Task.WhenAll(given.Select(chat => Task.Run(() =>
            {
                if (chat.Name == "chat5")
                {
                    client.Dispose();
                }

                return Record.Exception(() => Reconfigure(lab, chat));
            })));

            for (var i = 0; i < given.Count; i++)
            {
                Assert.True(taken[i] is null or ObjectDisposedException);
                if (taken[i] is null)
                {
                    await given[i].DisposalAsync();
                }

                Assert.Equal(taken[i] is null ? 1 : 0, given[i].Disposals);
            }
        }
    }

    private static void Reconfigure(Lab lab, FakeChat only) =>
        lab.Client.Reconfigure(new FlexiOptions { Providers = [new ChatClientProvider(only.Name, only) { MaxRetries = 0 }], CircuitBreaker = { FailureThreshold = 3 } });
}

using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The engine's own clocks, and timeouts of clients' own.</summary>
public sealed class TimeoutTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    public static TheoryData<string, bool> Clients => new MatrixTheoryData<string, bool>(["heeds", "deaf", "own", "other"], [false, true]);

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Trap4_When_our_clock_rings_it_is_a_Timeout_whatever_the_client_does(string client, bool streamed)
    {
        using var lab = new Lab(_a, _b);
        lab.Entry("a").Timeout = TimeSpan.FromSeconds(30);
        _a.Reply = client switch
        {
            "heeds" => _a.Waiting().Reply,
            "deaf" => _a.Deaf().Reply,
            "own" => call => EndedBy(call, new TaskCanceledException("The SDK's own words.")),
            _ => call => EndedBy(call, new ObjectDisposedException("stream")),
        };
        var asking = lab.AskAsync(streamed);

        lab.Time.Advance(TimeSpan.FromSeconds(30));
        var response = await asking;

        Assert.Equal("b", response.Provider);
        Assert.Equal(FailureKind.Timeout, response.Attempts[0].Kind);
        Assert.Equal(streamed ? "No first content within 30 s." : "No whole reply within 30 s.", response.Attempts[0].Reason);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Attempts[0].Duration);
        Assert.Equal(1, lab.Circuit("a").FailureCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap4_A_clients_own_timeout_is_a_Timeout_though_nobody_cancelled(bool streamed)
    {
        using var own = new CancellationTokenSource();
        await own.CancelAsync();
        using var lab = new Lab(_a, _b);
        _a.Reply = _ => Task.FromException<ChatResponse>(new TaskCanceledException("100 seconds elapsed.", new TimeoutException(), own.Token));

        var response = await lab.AskAsync(streamed);

        Assert.Equal((FailureKind.Timeout, "b"), (response.Attempts[0].Kind, response.Provider));
    }

    [Fact]
    public async Task A_stream_has_until_FirstTokenTimeout_if_that_is_shorter()
    {
        using var lab = new Lab(_a.Waiting(), _b);
        lab.Entry("a").FirstTokenTimeout = TimeSpan.FromSeconds(10);
        var asking = lab.AskAsync(streamed: true);

        lab.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("No first content within 10 s.", (await asking).Attempts[0].Reason);
    }

    [Fact]
    public async Task A_reply_as_a_whole_is_not_held_to_FirstTokenTimeout()
    {
        using var lab = new Lab(_a.Waiting(), _b);
        (lab.Entry("a").FirstTokenTimeout, lab.Entry("a").Timeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        var asking = lab.AskAsync();

        lab.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(asking.IsCompleted);
        lab.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("b", (await asking).Provider);
    }

    [Fact]
    public async Task A_longer_FirstTokenTimeout_changes_nothing()
    {
        using var lab = new Lab(_a.Waiting(), _b);
        (lab.Entry("a").FirstTokenTimeout, lab.Entry("a").Timeout) = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10));
        var asking = lab.AskAsync(streamed: true);

        lab.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("b", (await asking).Provider);
    }

    [Fact]
    public async Task A_callback_on_the_token_that_throws_harms_nobody()
    {
        using var lab = new Lab(_a, _b);
        _a.Reply = call =>
        {
            call.Token.Register(() => throw new InvalidOperationException("A bug of the SDK's."));
            return new TaskCompletionSource<ChatResponse>().Task;
        };
        var asking = lab.AskAsync();

        lab.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("b", (await asking).Provider);
    }

    [Fact]
    public async Task Work_that_was_given_up_and_fails_later_is_observed()
    {
        var late = new TaskCompletionSource<ChatResponse>();
        var unobserved = false;
        EventHandler<UnobservedTaskExceptionEventArgs> watch = (_, e) => unobserved |= e.Exception.ToString().Contains("too late to matter", StringComparison.Ordinal);
        TaskScheduler.UnobservedTaskException += watch;
        using var lab = new Lab(_a, _b);
        _a.Reply = _ => late.Task;
        var asking = lab.AskAsync();
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        await asking;

        late.SetException(new IOException("too late to matter"));
        late = null;
        _a.Healthy();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        TaskScheduler.UnobservedTaskException -= watch;
        Assert.False(unobserved);
    }

    private static async Task<ChatResponse> EndedBy(FakeCall call, Exception failure)
    {
        await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Token));
        throw failure;
    }
}

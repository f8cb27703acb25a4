using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>Mistakes that others made with streams, over one provider type's SDK.</summary>
public abstract partial class StreamTrapTests : ProviderTestBase
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>Ways of a stream to end without its end. A connection that is reset may lose what was sent before, and is not among them.</summary>
    public static TheoryData<string> Breaks => ["clean end", "truncated", "broken chunk", "error event", "silence"];

    [Fact]
    public async Task Trap09_AProbeIsNoSuccessAtTheHeaders()
    {
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        var entry = Entry(primary, "primary");
        var headers = HeadersSeen.By(entry);
        await using var client = await ProbingAsync(primary, entry, Entry(backup, "backup", priority: 2));
        primary.Faults.Always(Fault.StallAfter(0));
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        headers.Then = seen.SetResult;
        var asking = AskAsync(client, streamed: true);
        await seen.Task.WaitAsync(Stop);

        Assert.Equal(CircuitState.HalfOpen, StateOf(client));
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("backup", (await asking).Provider);
        Assert.Equal(CircuitState.Open, StateOf(client));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Trap09_AProbeWhoseStreamDiesBeforeContent_ReopensTheCircuit_AndFailsOver(string how)
    {
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        var entry = Entry(primary, "primary");
        var headers = HeadersSeen.By(entry);
        await using var client = await ProbingAsync(primary, entry, Entry(backup, "backup", priority: 2));
        primary.Faults.Always(FaultOf(how, tokens: 0));
        headers.Then = () => _time.Advance(how == "silence" ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);

        var response = await AskAsync(client, streamed: true);

        Assert.Equal("backup", response.Provider);
        Assert.Equal((CircuitState.Open, 0), (StateOf(client), client.GetProviderStatus()[0].CircuitBreaker.SuccessCount));
    }

    [Fact]
    public async Task Trap16_AnErrorAfterTheFirstChunksWithoutContent_FailsOverUnseen()
    {
        await using var primary = await StartAsync(new() { Answer = "from the primary" });
        await using var backup = await StartAsync(new() { Answer = "from the backup" });
        primary.Faults.Always(Fault.ErrorEventAfter(0));
        var entry = Entry(primary, "primary");
        entry.MaxRetries = 0;
        await using var client = Client(entry, Entry(backup, "backup", priority: 2));

        var updates = await client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToListAsync(Stop);

        Assert.Equal("from the backup", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("backup", updates[0].Provider);
        Assert.Single(updates.Select(update => update.ResponseId).Where(id => id is not null).Distinct());
        Assert.Single(primary.Requests);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Trap17_AStreamThatBreaksOff_IsAnInterruption_AndNeverAFinishedAnswer(string how)
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        simulated.Faults.Always(FaultOf(how, tokens: 2));
        await using var client = Timed(Entry(simulated, "mine"));
        await using var stream = client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).GetAsyncEnumerator(Stop);
        await ReadToAsync(stream, "one two");
        var next = stream.MoveNextAsync().AsTask();
        if (how == "silence")
        {
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        var interruption = await Assert.ThrowsAsync<StreamInterruptedException>(async () =>
        {
            while (await next)
            {
                Assert.Null(stream.Current.FinishReason);
                next = stream.MoveNextAsync().AsTask();
            }
        });

        Assert.Equal("one two", interruption.TextSoFar);
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Trap18_AfterAFailoverTheCallerSeesTheBackupsStreamAlone(string how)
    {
        await using var primary = await StartAsync(new() { Name = "primary" });
        await using var backup = await StartAsync(new() { Name = "backup", Answer = "one two three" });
        primary.Faults.Always(FaultOf(how, tokens: 0));
        var entry = Entry(primary, "primary");
        entry.MaxRetries = 0;
        HeadersSeen.By(entry).Then = () => _time.Advance(how == "silence" ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);
        await using var both = Timed(entry, Entry(backup, "backup", priority: 2));
        await using var alone = Timed(Entry(backup, "backup"));

        var updates = await both.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToListAsync(Stop);
        var expected = await alone.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToListAsync(Stop);

        Assert.Equal(expected.Select(Shape), updates.Select(Shape));
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
        Assert.Single(updates.Select(update => update.MessageId).Distinct());
        Assert.Single(primary.Requests);

        static (ChatRole?, string, ChatFinishReason?) Shape(ChatResponseUpdate update) => (update.Role, update.Text, update.FinishReason);
    }

    /// <summary>A client whose first entry's circuit is due for a probe.</summary>
    private async Task<FlexiClient> ProbingAsync(SimulatedProvider primary, params ProviderOptions[] entries)
    {
        var client = Timed(entries);
        primary.Faults.Next(3, Fault.Status(401));
        while (StateOf(client) == CircuitState.Closed)
        {
            await AskAsync(client, streamed: true);
        }

        _time.Advance(TimeSpan.FromSeconds(60));
        return client;
    }

    private FlexiClient Timed(params ProviderOptions[] entries) =>
        new(new FlexiOptions { Providers = [.. entries], CircuitBreaker = { FailureThreshold = 3 } }, timeProvider: _time);

    private static CircuitState StateOf(FlexiClient client) => client.GetProviderStatus()[0].CircuitBreaker.State;

    private static Fault FaultOf(string how, int tokens) => how switch
    {
        "clean end" => Fault.EndAfter(tokens),
        "truncated" => Fault.TruncatedBody(tokens),
        "broken chunk" => Fault.BrokenChunkAfter(tokens),
        "error event" => Fault.ErrorEventAfter(tokens),
        _ => Fault.StallAfter(tokens),
    };
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public abstract partial class ClockTests : IDisposable
{
    private readonly CancellationTokenSource _caller = new();

    public void Dispose()
    {
        _caller.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_cancels_before_there_is_a_connection_is_answered_at_once(bool streamed)
    {
        using var host = new SilentHost();
        await using var backup = await StartAsync();
        await using var client = Timed(new() { Providers = [EntryAt(host, backup), Entry(backup, "backup", priority: 2)] });
        var asking = AskAsync(client, streamed, _caller.Token);
        await host.SpokenTo(Stop);

        await CancelledAsync(asking, client);
        Assert.Empty(backup.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_cancels_before_the_headers_is_answered_at_once(bool streamed)
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.Silence());
        await CancelledAsync(primary, Entry(primary, "primary"), streamed, primary.WaitForRequestsAsync(1, Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_cancels_in_the_body_before_any_content_is_answered_at_once(bool streamed)
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.StalledBody());
        var entry = Entry(primary, "primary");
        await CancelledAsync(primary, entry, streamed, HeadersSeen.By(entry).Come(Stop));
    }

    [Fact]
    public async Task A_caller_who_cancels_between_two_updates_is_answered_at_once()
    {
        await using var primary = await StartAsync(new() { Answer = "one two three four" });
        primary.Faults.Always(Fault.StallAfter(2));
        await using var client = Timed(new() { Providers = [Entry(primary, "primary")] });
        await using var stream = client.GetStreamingResponseAsync("Hello", cancellationToken: _caller.Token).GetAsyncEnumerator(_caller.Token);
        await ReadToAsync(stream, "one two");

        // The provider was up: it had begun to answer.
        await CancelledAsync(stream.MoveNextAsync().AsTask(), client, successes: 1);
        await primary.Requests[0].WaitForEndAsync(Stop);
    }

    private async Task CancelledAsync(SimulatedProvider primary, ProviderOptions entry, bool streamed, Task begun)
    {
        await using var backup = await StartAsync();
        await using var client = Timed(new() { Providers = [entry, Entry(backup, "backup", priority: 2)] });
        var asking = AskAsync(client, streamed, _caller.Token);
        await begun;

        await CancelledAsync(asking, client);
        Assert.Empty(backup.Requests);
        await primary.Requests[0].WaitForEndAsync(Stop);
    }

    // Nobody else ends it: the server is silent, and the time stands still.
    private async Task CancelledAsync(Task asking, FlexiClient client, int successes = 0)
    {
        Assert.False(asking.IsCompleted);
        await _caller.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(_caller.Token, cancelled.CancellationToken);
        var circuit = client.GetProviderStatus()[0].CircuitBreaker;
        Assert.Equal((0, successes, 1), (circuit.FailureCount, circuit.SuccessCount, client.GetRequestStats().CancelledRequests));
    }

    private static Task<ChatResponse> AskAsync(FlexiClient client, bool streamed, CancellationToken caller) => streamed
        ? client.GetStreamingResponseAsync("Hello", cancellationToken: caller).ToChatResponseAsync(caller)
        : client.GetResponseAsync("Hello", cancellationToken: caller);
}

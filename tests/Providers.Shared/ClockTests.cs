using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>The engine's five clocks, and the caller's own token, over one provider type's SDK, whatever that makes of its own timeouts and tokens.</summary>
public abstract partial class ClockTests : ProviderTestBase
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false, "No whole reply within 30 s.")]
    [InlineData(true, "No first content within 30 s.")]
    public async Task The_response_clock_rings_where_no_headers_come(bool streamed, string reason)
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.Silence());
        await RingsAsync(primary, Entry(primary, "primary"), streamed, primary.WaitForRequestsAsync(1, Stop), TimeSpan.FromSeconds(30), reason);
    }

    [Theory]
    [InlineData(false, "No whole reply within 30 s.")]
    [InlineData(true, "No first content within 30 s.")]
    public async Task The_response_clock_rings_where_the_headers_come_and_the_body_does_not(bool streamed, string reason)
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.StalledBody());
        var entry = Entry(primary, "primary");
        await RingsAsync(primary, entry, streamed, HeadersSeen.By(entry).Come(Stop), TimeSpan.FromSeconds(30), reason);
    }

    [Theory]
    [InlineData(false, "No whole reply within 30 s.")]
    [InlineData(true, "No first content within 30 s.")]
    public async Task A_response_clock_that_rings_between_the_headers_and_the_body_leaves_no_connection_open(bool streamed, string reason)
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.StalledBody());
        var entry = Entry(primary, "primary");
        HeadersSeen.By(entry).Then = () => _time.Advance(TimeSpan.FromSeconds(30));
        await RingsAsync(primary, entry, streamed, Task.CompletedTask, TimeSpan.Zero, reason);
    }

    [Fact]
    public async Task The_first_token_clock_rings_where_the_stream_begins_and_brings_no_content()
    {
        await using var primary = await StartAsync();
        primary.Faults.Always(Fault.StallAfter(0));
        var entry = Entry(primary, "primary");
        entry.FirstTokenTimeout = TimeSpan.FromSeconds(10);
        await RingsAsync(primary, entry, streamed: true, HeadersSeen.By(entry).Come(Stop), TimeSpan.FromSeconds(10), "No first content within 10 s.");
    }

    [Fact]
    public async Task The_idle_clock_rings_between_two_updates()
    {
        await using var primary = await StartAsync(new() { Answer = "one two three four" });
        primary.Faults.Always(Fault.StallAfter(2));
        var entry = Entry(primary, "primary");
        entry.IdleTimeout = TimeSpan.FromSeconds(5);

        var (interruption, client) = await InterruptedAfterAsync(new() { Providers = [entry] }, TimeSpan.FromSeconds(5));
        await using var disposed = client;

        Assert.Equal((FailureKind.Timeout, "one two"), (interruption.Kind, interruption.TextSoFar));
        Assert.Equal("No update within 5 s.", Assert.Single(interruption.Attempts).Reason);
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        await primary.Requests[0].WaitForEndAsync(Stop);
    }

    [Theory]
    [InlineData(false, "No whole reply within 6 s.")]
    [InlineData(true, "No first content within 6 s.")]
    public async Task The_request_clock_rings_over_all_attempts_together(bool streamed, string first)
    {
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        primary.Faults.Always(Fault.Silence());
        backup.Faults.Always(Fault.Silence());
        var (one, two) = (Entry(primary, "primary"), Entry(backup, "backup", priority: 2));
        one.Timeout = two.Timeout = TimeSpan.FromSeconds(6);
        await using var client = Timed(new() { Providers = [one, two], RequestTimeout = TimeSpan.FromSeconds(10) });
        var asking = AskAsync(client, streamed);
        await primary.WaitForRequestsAsync(1, Stop);

        _time.Advance(TimeSpan.FromSeconds(6));
        await backup.WaitForRequestsAsync(1, Stop);
        _time.Advance(TimeSpan.FromSeconds(4));
        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => asking);

        Assert.Equal([first, "No answer to the request within 10 s."], failure.Attempts.Select(attempt => attempt.Reason));
        Assert.All(failure.Attempts, attempt => Assert.Equal(FailureKind.Timeout, attempt.Kind));
        await backup.Requests[0].WaitForEndAsync(Stop);
    }

    [Fact]
    public async Task The_request_clock_rings_within_a_stream()
    {
        await using var primary = await StartAsync(new() { Answer = "one two three four" });
        primary.Faults.Always(Fault.StallAfter(2));
        var entry = Entry(primary, "primary");
        entry.IdleTimeout = TimeSpan.FromHours(1);

        var (interruption, client) = await InterruptedAfterAsync(
            new() { Providers = [entry], RequestTimeout = TimeSpan.FromSeconds(10) }, TimeSpan.FromSeconds(10));
        await using var disposed = client;

        Assert.Equal((FailureKind.Timeout, "one two"), (interruption.Kind, interruption.TextSoFar));
        Assert.Equal("No answer to the request within 10 s.", Assert.Single(interruption.Attempts).Reason);
    }

    [Fact]
    public async Task The_time_that_the_caller_holds_an_update_does_not_count_as_silence()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        await using var client = Timed(new() { Providers = [Entry(simulated, "mine")] });
        var text = "";

        await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: Stop))
        {
            text += update.Text;
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal("one two three four", text);
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.SuccessCount);
    }

    [Fact]
    public async Task The_time_that_the_caller_holds_an_update_does_not_count_against_the_request()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        await using var client = Timed(new() { Providers = [Entry(simulated, "mine")], RequestTimeout = TimeSpan.FromSeconds(10) });
        var text = "";

        await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: Stop))
        {
            text += update.Text;
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal("one two three four", text);
    }

    /// <summary>The primary is given up for the backup when the limit is over, and hung up on.</summary>
    private async Task RingsAsync(
        SimulatedProvider primary, ProviderOptions entry, bool streamed, Task begun, TimeSpan limit, string reason)
    {
        await using var backup = await StartAsync();
        entry.Timeout = TimeSpan.FromSeconds(30);
        await using var client = Timed(new() { Providers = [entry, Entry(backup, "backup", priority: 2)] });
        var start = _time.GetUtcNow();
        var asking = AskAsync(client, streamed);
        await begun;

        _time.Advance(limit);
        var response = await asking;

        Assert.Equal("backup", response.Provider);
        Assert.Equal((FailureKind.Timeout, reason), (response.Attempts[0].Kind, response.Attempts[0].Reason));
        Assert.Equal(_time.GetUtcNow() - start, response.Attempts[0].Duration);
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        Assert.Single(primary.Requests);
        await primary.Requests[0].WaitForEndAsync(Stop);
    }

    /// <summary>Reads the first two words, waits for the third, and lets the time pass.</summary>
    private async Task<(StreamInterruptedException Interruption, FlexiClient Client)> InterruptedAfterAsync(FlexiOptions options, TimeSpan limit)
    {
        var client = Timed(options);
        await using var stream = client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).GetAsyncEnumerator(Stop);
        await ReadToAsync(stream, "one two");
        var next = stream.MoveNextAsync().AsTask();

        _time.Advance(limit);

        return (await Assert.ThrowsAsync<StreamInterruptedException>(() => next), client);
    }

    private FlexiClient Timed(FlexiOptions options) => new(options, timeProvider: _time);
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The connect timeout of an entry, by the client's own time, over real sockets.</summary>
public sealed class ConnectClockTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_host_that_does_not_answer_is_given_up_at_the_connect_timeout_and_not_before()
    {
        using var host = await UnreachableHost.StartAsync(Lab.Stop);
        await RingsAtTheConnectTimeoutAsync(host.Http, _time.WaitBegan(FiveSeconds, Lab.Stop));
    }

    [Fact]
    public async Task A_host_that_does_not_come_to_terms_about_TLS_is_given_up_at_the_connect_timeout_and_hung_up_on()
    {
        using var host = new SilentHost();
        await RingsAtTheConnectTimeoutAsync(host.Https, host.SpokenTo(Lab.Stop));
        await host.HungUpOn(Lab.Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_rings_by_the_systems_time_too(bool tls)
    {
        using var silent = new SilentHost();
        using var unreachable = await UnreachableHost.StartAsync(Lab.Stop);
        var entry = PostingProvider.At(tls ? silent.Https : unreachable.Http);
        entry.ConnectTimeout = TimeSpan.FromMilliseconds(200);
        await using var client = new FlexiClient(new FlexiOptions { Providers = [entry] });

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal((FailureKind.Timeout, "No connection within 0.2 s."), (failure.Attempts[0].Kind, failure.Attempts[0].Reason));
    }

    [Fact]
    public async Task A_connection_that_stands_is_not_timed_any_more()
    {
        var wall = new WatchedTime();
        await using var server = await StartAsync(wall);
        server.Faults.Always(Fault.Delay(Moment));
        var entry = PostingProvider.At(server.BaseUrl);
        entry.Timeout = TimeSpan.FromHours(2);
        await using var client = Client(entry);
        var asking = client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
        await server.WaitForRequestsAsync(1, Lab.Stop);
        await wall.WaitBegan(Moment, Lab.Stop);

        Assert.Equal(0, _time.Waiting(FiveSeconds));
        _time.Advance(TimeSpan.FromHours(1));
        wall.Advance(Moment);

        Assert.Single((await asking).Attempts);
    }

    [Fact]
    public async Task A_refused_connection_leaves_no_clock_behind()
    {
        var server = await StartAsync();
        await server.StopListeningAsync();
        await using var client = Client(PostingProvider.At(server.BaseUrl));

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal(FailureKind.Network, failure.Attempts[0].Kind);
        Assert.Equal(0, _time.Waiting(FiveSeconds));
        Assert.True(_time.WaitBegan(FiveSeconds, Lab.Stop).IsCompletedSuccessfully);
    }

    private async Task RingsAtTheConnectTimeoutAsync(string address, Task connecting)
    {
        await using var backup = await StartAsync();
        await using var client = Client(PostingProvider.At(address), PostingProvider.At(backup.BaseUrl, priority: 2));
        var asking = client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
        await connecting;

        _time.Advance(FiveSeconds - Moment);
        Assert.Equal(1, _time.Waiting(FiveSeconds));
        _time.Advance(Moment);
        var response = await asking;

        Assert.Equal("test-2", response.Provider);
        Assert.Equal((FailureKind.Timeout, "No connection within 5 s."), (response.Attempts[0].Kind, response.Attempts[0].Reason));
        Assert.Equal(FiveSeconds, response.Attempts[0].Duration);
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        Assert.Equal(0, _time.Waiting(FiveSeconds));
    }

    private static Task<SimulatedProvider> StartAsync(TimeProvider? wall = null) =>
        SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { TimeProvider = wall ?? TimeProvider.System }, Lab.Stop);

    private FlexiClient Client(params TestProvider[] entries) => new(new FlexiOptions { Providers = [.. entries] }, timeProvider: _time);
}

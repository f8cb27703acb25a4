using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class UnderWayTests
{
    [Fact]
    public async Task A_request_is_under_way_and_its_connection_open_until_the_client_goes_away()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(Fault.Silence());
        using var http = new HttpClient();
        using var caller = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 3).Select(_ => http.SendAsync(provider.Request(), caller.Token)).ToList();
        await provider.WaitForRequestsAsync(3, Raw.Token);
        Assert.Equal((3, 3), (provider.RequestsUnderWay, provider.OpenConnections));

        await caller.CancelAsync();

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        await BecomesAsync(provider, requests: 0, connections: 0);
    }

    [Fact]
    public async Task A_connection_that_is_kept_for_the_next_request_is_open_without_a_request()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        using (var http = new HttpClient())
        {
            (await http.SendAsync(provider.Request(), Raw.Token)).Dispose();
            await BecomesAsync(provider, requests: 0, connections: 1);
        }

        await BecomesAsync(provider, requests: 0, connections: 0);
    }

    [Fact]
    public async Task A_provider_that_does_not_listen_has_neither()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(Fault.Silence());
        using var http = new HttpClient();
        var call = http.SendAsync(provider.Request(), Raw.Token);
        await provider.WaitForRequestsAsync(1, Raw.Token);

        await provider.StopListeningAsync();

        Assert.Equal((0, 0), (provider.RequestsUnderWay, provider.OpenConnections));
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    private static async Task BecomesAsync(SimulatedProvider provider, int requests, int connections)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Raw.Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while ((provider.RequestsUnderWay, provider.OpenConnections) != (requests, connections))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

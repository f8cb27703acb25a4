using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class LifetimeTests
{
    public static TheoryData<string> OpenEnded => [nameof(Fault.Silence), nameof(Fault.StalledBody), nameof(Fault.EndlessHeaders), "a delay", "slow tokens"];

    [Theory]
    [MemberData(nameof(OpenEnded))]
    public async Task Disposal_ends_open_requests(string name)
    {
        var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(name switch
        {
            nameof(Fault.Silence) => Fault.Silence(),
            nameof(Fault.StalledBody) => Fault.StalledBody(),
            nameof(Fault.EndlessHeaders) => Fault.EndlessHeaders(),
            "a delay" => Fault.Delay(TimeSpan.FromHours(1)),
            _ => Fault.SlowTokens(TimeSpan.FromHours(1)),
        });
        using var http = new HttpClient();
        var calls = Enumerable.Range(0, 5).Select(_ => http.SendAsync(provider.Request(stream: true), Raw.Token)).ToList();
        await provider.WaitForRequestsAsync(5, Raw.Token);

        await provider.DisposeAsync();

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
        }

        foreach (var request in provider.Requests)
        {
            await request.WaitForEndAsync(Raw.Token);
        }
    }

    [Fact]
    public async Task Disposal_of_a_quiet_request_is_noted_as_the_providers_doing()
    {
        var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(Fault.Silence());
        using var http = new HttpClient();
        var call = http.SendAsync(provider.Request(), Raw.Token);
        await provider.WaitForRequestsAsync(1, Raw.Token);

        await provider.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.Equal(SimulatedEnding.ProviderStopped, await provider.Requests[0].WaitForEndAsync(Raw.Token));
    }

    [Fact]
    public async Task Stop_and_disposal_can_come_twice_and_a_disposed_provider_does_not_resume()
    {
        var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        await provider.StopListeningAsync();
        await provider.StopListeningAsync();
        await provider.ResumeAsync(Raw.Token);
        await provider.ResumeAsync(Raw.Token);
        await provider.DisposeAsync();
        await provider.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => provider.ResumeAsync(Raw.Token));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_IOException()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        await Assert.ThrowsAsync<IOException>(() => Raw.StartAsync(SimulatedWire.OpenAI, new() { Port = new Uri(provider.Origin).Port }));
    }

    [Fact]
    public void Options_out_of_range_are_rejected()
    {
        var options = new SimulatedProviderOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Port = 65536);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Port = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.EmbeddingDimensions = 0);
    }
}

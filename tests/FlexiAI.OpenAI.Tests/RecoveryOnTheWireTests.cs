using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public class RecoveryOnTheWireTests
{
    private const int Callers = 100;

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public async Task At_the_moment_of_recovery_as_many_of_100_requests_as_may_probe_reach_the_primary_and_all_are_answered(int probes, bool streamed)
    {
        var token = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        var wall = new FakeTimeProvider();
        await using var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new SimulatedProviderOptions { TimeProvider = wall }, token);
        await using var backup = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: token);
        await using var client = new FlexiClient(
            new FlexiOptions
            {
                Providers =
                [
                    new OpenAIProvider { Name = "primary", ApiKey = "k", Model = "m", BaseUrl = primary.BaseUrl, MaxRetries = 0 },
                    new OpenAIProvider { Name = "backup", ApiKey = "k", Model = "m", BaseUrl = backup.BaseUrl, Priority = 2 },
                ],
                CircuitBreaker = new CircuitBreakerOptions { FailureThreshold = 1, HalfOpenMaxCalls = probes },
            },
            timeProvider: time);
        primary.Faults.Next(Fault.Status(503));
        await AskAsync();
        time.Advance(TimeSpan.FromSeconds(60));
        var (primaryBefore, backupBefore) = (primary.Requests.Count, backup.Requests.Count);

        // The probes are held at the primary until the backup has everyone else.
        primary.Faults.Always(Fault.Delay(TimeSpan.FromSeconds(1)));
        var answers = Enumerable.Range(0, Callers).Select(_ => AskAsync()).ToList();
        await backup.WaitForRequestsAsync(backupBefore + Callers - probes, token);
        await primary.WaitForRequestsAsync(primaryBefore + probes, token);
        primary.Faults.Clear();
        wall.Advance(TimeSpan.FromSeconds(1));
        var names = await Task.WhenAll(answers);

        Assert.Equal(probes, primary.Requests.Count - primaryBefore);
        Assert.Equal(probes, names.Count(name => name == "primary"));
        Assert.Equal(Callers - probes, names.Count(name => name == "backup"));
        Assert.Equal(CircuitState.Closed, client.GetProviderStatus("primary").CircuitBreaker.State);
        Assert.Equal("primary", await AskAsync());

        async Task<string?> AskAsync() => streamed
            ? (await client.GetStreamingResponseAsync("Hello", cancellationToken: token).ToChatResponseAsync(token)).Provider
            : (await client.GetResponseAsync("Hello", cancellationToken: token)).Provider;
    }
}

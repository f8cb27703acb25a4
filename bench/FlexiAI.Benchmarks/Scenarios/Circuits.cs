using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>Circuits and clients of ours in the state that a scenario needs.</summary>
internal static class Circuits
{
    private static readonly TimeSpan LongBreak = TimeSpan.FromHours(1);

    public static CircuitBreaker Open()
    {
        var circuit = new CircuitBreaker("bench", new CircuitBreakerOptions { FailureThreshold = 1, RecoveryTimeout = LongBreak });
        circuit.TryEnter(out var permit);
        permit.Failure();
        return circuit;
    }

    /// <summary>A client over entries that are not retried, first to last by priority; nothing opens a circuit but what the scenario does.</summary>
    public static FlexiClient Client(params IEnumerable<IChatClient> clients) => new(new FlexiOptions
    {
        Providers = [.. clients.Select((client, i) => new ChatClientProvider($"provider-{i}", client) { Priority = i + 1, MaxRetries = 0 })],
        CircuitBreaker = new() { FailureThreshold = 1_000_000, RecoveryTimeout = LongBreak },
    });

    /// <summary>A client whose first entry has failed and is left alone.</summary>
    public static async Task<FlexiClient> ClientWithOpenPrimaryAsync(IChatClient backup)
    {
        var client = new FlexiClient(new FlexiOptions
        {
            Providers =
            [
                new ChatClientProvider("primary", new FailingClient()) { Priority = 1, MaxRetries = 0 },
                new ChatClientProvider("backup", backup) { Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 1, RecoveryTimeout = LongBreak },
        });
        await client.GetResponseAsync("Hello");
        return client.GetProviderStatus("primary").CircuitBreaker.State == CircuitState.Open
            ? client
            : throw new InvalidOperationException("The primary's circuit is not open.");
    }
}

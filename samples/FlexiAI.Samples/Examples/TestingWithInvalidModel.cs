using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class TestingWithInvalidModel
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: invalid-model
        var options = new FlexiOptions
        {
            Providers =
            [
                // Fails safely: the vendor knows no such model.
                new AnthropicProvider { ApiKey = "valid-key", Model = "invalid-model-xyz", Priority = 1 },

                // Works. An entry of the same type with its own circuit; without a name of its own it is "anthropic-2".
                new AnthropicProvider { ApiKey = "valid-key", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromSeconds(5) },
        };
        // end snippet
        simulation.Redirect(options);
        await using var client = new FlexiClient(options);
        for (var i = 1; i <= 3; i++)
        {
            var response = await client.GetResponseAsync("Hello");
            Console.WriteLine($"Request {i}: ✅ {response.Provider}");
        }

        foreach (var provider in client.GetProviderStatus())
        {
            var circuit = provider.CircuitBreaker;
            Console.WriteLine(
                $"{provider.Name} ({provider.Model}): {circuit.State.ToString().ToLowerInvariant()}, "
                + $"Failures: {circuit.FailureCount}/{circuit.Options.FailureThreshold}, Successes: {circuit.SuccessCount}");
        }
    }
}

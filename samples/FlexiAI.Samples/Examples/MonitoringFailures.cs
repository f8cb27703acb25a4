using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class MonitoringFailures
{
    public static async Task RunAsync(Simulation simulation)
    {
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 3 },
            FailoverMode = FailoverMode.WhenOpen,
        };
        simulation.Redirect(options);
        Simulation.TakeDown(simulation.OpenAI);
        await using var client = new FlexiClient(options);
        await Requests.SendAsync(client, 8);

        // snippet: monitoring
        foreach (var provider in client.GetProviderStatus())
        {
            var circuit = provider.CircuitBreaker;
            Console.WriteLine($"Provider: {provider.Name}");
            Console.WriteLine($"Circuit State: {circuit.State.ToString().ToLowerInvariant()}");
            Console.WriteLine($"Failures: {circuit.FailureCount}/{circuit.Options.FailureThreshold}");
            Console.WriteLine($"Successes: {circuit.SuccessCount}");
            Console.WriteLine();
        }
        // end snippet
    }
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class ManualControl
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
            CircuitBreaker = new() { FailureThreshold = 1 },
        };
        simulation.Redirect(options);
        simulation.OpenAI.Faults.Next(Fault.InvalidApiKey());
        simulation.Anthropic.Faults.Next(Fault.QuotaExhausted());
        await using var client = new FlexiClient(options);
        await Requests.SendAsync(client, 1);

        // snippet: manual-reset
        if (client.GetProviderStatus().All(provider => provider.CircuitBreaker.State == CircuitState.Open))
        {
            Console.WriteLine("All circuits open! Resetting by hand.");
            client.ResetCircuitBreakers();
        }
        // end snippet
        Print(client);

        // snippet: manual-control
        client.ResetCircuitBreakers("openai");  // closes one circuit
        client.ResetCircuitBreakers();          // closes all
        client.IsolateProvider("openai");       // holds a circuit open until it is reset
        client.SetPrimaryProvider("anthropic"); // asks this one first from now on
        // end snippet
        Print(client);
        Console.WriteLine($"Answered by {(await client.GetResponseAsync("Hello")).Provider}");
    }

    private static void Print(FlexiClient client) =>
        Console.WriteLine(string.Join(", ", client.GetProviderStatus().Select(provider => $"{provider.Name}: {provider.CircuitBreaker.State}")));
}

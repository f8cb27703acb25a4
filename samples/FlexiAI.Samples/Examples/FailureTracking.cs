using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class FailureTracking
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

        // snippet: failure-tracking
        for (var request = 1; request <= 4; request++)
        {
            try
            {
                var response = await client.GetResponseAsync("Hello");
                Console.WriteLine($"Request {request}: answered by {response.Provider}");
            }
            catch (AllProvidersFailedException)
            {
                var circuit = client.GetProviderStatus()[0].CircuitBreaker;
                Console.WriteLine(
                    $"Request {request}: failed. Circuit: {circuit.State}, Failures: {circuit.FailureCount}/{circuit.Options.FailureThreshold}");
            }
        }
        // end snippet
    }
}

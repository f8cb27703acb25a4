// snippet: quick-reference
using FlexiAI;
using Microsoft.Extensions.AI;

// end snippet
namespace FlexiAI.Samples;

internal static class QuickReference
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: quick-reference
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: quick-reference
        await using var client = new FlexiClient(options);

        // Failover happens by itself.
        ChatResponse response = await client.GetResponseAsync("Hello");
        Console.WriteLine($"{response.Provider}: {response.Text}");
        // end snippet
    }
}

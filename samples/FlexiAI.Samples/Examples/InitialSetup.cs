using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class InitialSetup
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: setup
        var options = new FlexiOptions
        {
            Providers =
            [
                // The primary, asked first.
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },

                // The backup.
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new CircuitBreakerOptions
            {
                FailureThreshold = 3,                       // opens after 3 failures in a row
                RecoveryTimeout = TimeSpan.FromSeconds(60), // tests recovery after 60 s
                HalfOpenMaxCalls = 1,                       // with 1 request
            },
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: setup

        // Every circuit starts closed.
        await using var client = new FlexiClient(options);
        // end snippet

        // snippet: normal-operation
        var response = await client.GetResponseAsync("Hello");
        Console.WriteLine(response.Provider); // "openai"
        // end snippet

        var primary = client.GetProviderStatus()[0].CircuitBreaker;
        Console.WriteLine($"Circuit state: {primary.State}");
        Console.WriteLine($"Failure count: {primary.FailureCount}/{primary.Options.FailureThreshold}");
    }
}

using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class Failover
{
    public static async Task RunAsync(Simulation simulation)
    {
        Simulation.TakeDown(simulation.OpenAI);

        // snippet: failover
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
            FailoverMode = FailoverMode.WhenOpen, // the default, Immediate, answers all ten
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: failover
        await using var client = new FlexiClient(options);

        for (var i = 1; i <= 10; i++)
        {
            try
            {
                var response = await client.GetResponseAsync($"Request {i}", new() { MaxOutputTokens = 50 });
                Console.WriteLine($"Request {i}: ✅ {response.Provider}");
            }
            catch (Exception e)
            {
                Console.WriteLine($"Request {i}: ❌ {e.GetType().Name}");
            }
        }

        var stats = client.GetRequestStats();
        foreach (var used in stats.ProvidersUsed)
        {
            Console.WriteLine($"Providers used: {used.Name} ({used.Requests} requests, {used.AverageLatency.TotalSeconds:0.000} s on average)");
        }

        Console.WriteLine($"Last provider: {stats.LastUsedProvider}");
        // end snippet
    }
}

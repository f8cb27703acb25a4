using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class ProductionSetup
{
    public static async Task RunAsync(Simulation simulation)
    {
        // A primary that fails from the second request on.
        simulation.OpenAI.Faults.When(request => request.Number > 1, Testing.Fault.InvalidApiKey());
        var options = CreateOptions();
        simulation.Redirect(options);

        // snippet: production-use
        await using var client = new FlexiClient(options); // one for the life of the application

        string[] prompts = ["What is C#?", "Explain machine learning", "Write a hello world program", "Thank you"];
        for (var i = 0; i < prompts.Length; i++)
        {
            Console.WriteLine($"\n{new string('=', 60)}\nRequest {i + 1}: {prompts[i]}\n{new string('=', 60)}");
            try
            {
                var response = await AskAsync(client, prompts[i]);
                Console.WriteLine($"Response: {response.Text}");
            }
            catch (AllProvidersFailedException e)
            {
                Console.WriteLine($"All providers failed: {e.Message}");
            }
        }

        PrintStatistics(client.GetRequestStats());
        // end snippet
    }

    // snippet: production-options
    private static FlexiOptions CreateOptions() => new()
    {
        Providers =
        [
            new OpenAIProvider
            {
                ApiKey = Environment.GetEnvironmentVariable("OPENAI_API_KEY"),
                Model = "gpt-4o-mini",
                Priority = 1,
                Timeout = TimeSpan.FromSeconds(30),
                MaxRetries = 2,
            },
            new AnthropicProvider
            {
                ApiKey = Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"),
                Model = "claude-3-5-haiku-20241022",
                Priority = 2,
            },
            new VertexAIProvider
            {
                Project = Environment.GetEnvironmentVariable("GOOGLE_CLOUD_PROJECT"),
                Location = "us-central1",
                Model = "gemini-2.0-flash",
                Priority = 3,
            },
        ],
        CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60), HalfOpenMaxCalls = 1 },
        DefaultTemperature = 0.7f,
        DefaultMaxOutputTokens = 1000,
    };
    // end snippet

    // snippet: production-request
    private static async Task<ChatResponse> AskAsync(FlexiClient client, string prompt)
    {
        try
        {
            var response = await client.GetResponseAsync(prompt, new() { MaxOutputTokens = 500 });
            Console.WriteLine($"✅ Success: {response.Provider}");
            Console.WriteLine($"   Tokens: {response.Usage?.TotalTokenCount}");
            foreach (var provider in client.GetProviderStatus().Where(provider => !provider.Healthy))
            {
                Console.WriteLine($"⚠️  Warning: {provider.Name} circuit is {provider.CircuitBreaker.State.ToString().ToLowerInvariant()}");
            }

            return response;
        }
        catch (AllProvidersFailedException e)
        {
            Console.WriteLine($"❌ Failed: {e.GetType().Name}");
            Console.WriteLine("\nProvider Status:");
            foreach (var provider in client.GetProviderStatus())
            {
                Console.WriteLine($"  {provider.Name}: {provider.CircuitBreaker.State.ToString().ToLowerInvariant()}");
            }

            throw;
        }
    }
    // end snippet

    // snippet: production-statistics
    private static void PrintStatistics(RequestStats stats)
    {
        Console.WriteLine($"\n{new string('=', 60)}\nSESSION STATISTICS\n{new string('=', 60)}");
        Console.WriteLine($"Total Requests: {stats.TotalRequests}");
        Console.WriteLine($"Successful: {stats.SuccessfulRequests}");
        Console.WriteLine($"Failed: {stats.FailedRequests}");
        Console.WriteLine("\nProviders Used:");
        foreach (var provider in stats.ProvidersUsed)
        {
            Console.WriteLine($"  {provider.Name}: {provider.Requests} requests, avg latency: {provider.AverageLatency.TotalSeconds:0.00}s");
        }
    }
    // end snippet
}

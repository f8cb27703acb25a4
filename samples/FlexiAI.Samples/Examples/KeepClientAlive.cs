using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Samples;

internal static class KeepClientAlive
{
    public static async Task RunAsync(Simulation simulation)
    {
        var services = new ServiceCollection();

        // snippet: dependency-injection
        services.AddFlexiAI(options =>
        {
            options.Providers =
            [
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ];
            options.CircuitBreaker = CircuitBreakerOptions.HighAvailability;
        });
        services.AddTransient<Assistant>();
        // end snippet
        services.PostConfigure<FlexiOptions>(simulation.Redirect);
        await using var provider = services.BuildServiceProvider();

        // Two assistants share one client, so what one learns of an outage serves the other.
        Simulation.TakeDown(simulation.OpenAI);
        Console.WriteLine(await provider.GetRequiredService<Assistant>().AskAsync("Hello"));
        Console.WriteLine(await provider.GetRequiredService<Assistant>().AskAsync("Hello again"));
        Console.WriteLine($"Requests counted by the one client: {provider.GetRequiredService<FlexiClient>().GetRequestStats().TotalRequests}");
    }

    // snippet: one-client-per-application
    // Wrong: a new client for each request has new circuits, which remember nothing.
    private static async Task<string> AskWithANewClientAsync(FlexiOptions options, string prompt)
    {
        await using var client = new FlexiClient(options);
        return (await client.GetResponseAsync(prompt)).Text;
    }

    // Right: the application's one client comes from the container.
    private sealed class Assistant(IChatClient client)
    {
        public async Task<string> AskAsync(string prompt) => (await client.GetResponseAsync(prompt)).Text;
    }
    // end snippet
}

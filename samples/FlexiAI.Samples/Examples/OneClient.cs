using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class OneClient
{
    public static async Task RunAsync(Simulation simulation)
    {
        // A client of anybody's; here one that this library makes.
        var options = new FlexiOptions { Providers = [new OpenAIProvider { Model = "gpt-4o-mini", MaxRetries = 0 }] };
        simulation.Redirect(options);
        Simulation.TakeDown(simulation.OpenAI);
        var anyClient = new FlexiClient(options);

        // snippet: one-circuit
        using var client = anyClient
            .AsBuilder()
            .UseCircuitBreaker(new() { FailureThreshold = 2 })
            .Build();
        // end snippet

        for (var i = 1; i <= 3; i++)
        {
            try
            {
                await client.GetResponseAsync("Hello");
            }
            catch (AllProvidersFailedException e)
            {
                Console.WriteLine($"Request {i}: {e.Attempts[0].Outcome}");
            }
        }

        // snippet: own-client
        var mixed = new FlexiOptions
        {
            Providers = [new ChatClientProvider("mine", anyClient), new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 }],
        };
        // end snippet
        simulation.Redirect(mixed);
        await using var both = new FlexiClient(mixed);
        Console.WriteLine($"Answered by {(await both.GetResponseAsync("Hello")).Provider}");
    }
}

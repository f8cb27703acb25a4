using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class AllProvidersFailing
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
        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        simulation.Anthropic.Faults.Always(Fault.QuotaExhausted());
        await using var client = new FlexiClient(options);
        Console.WriteLine(await AskAsync(client, "Hello"));
        Console.WriteLine(await AskAsync(client, "Hello again"));
    }

    // snippet: all-providers-failed
    private static async Task<string> AskAsync(IChatClient client, string prompt)
    {
        try
        {
            return (await client.GetResponseAsync(prompt)).Text;
        }
        catch (AllProvidersFailedException e)
        {
            // Every provider failed or has an open circuit. Each attempt says which.
            foreach (var attempt in e.Attempts)
            {
                Console.WriteLine($"{attempt.Provider}: {attempt.Outcome} ({attempt.Kind?.ToString() ?? attempt.SkipReason.ToString()})");
            }

            // Answer from a cache, queue the request, tell the user, or do with less.
            return e.RetryAfter is { } wait && wait > TimeSpan.Zero
                ? $"Please try again in {Math.Ceiling(wait.TotalSeconds)} s."
                : "Please try again.";
        }
    }
    // end snippet
}

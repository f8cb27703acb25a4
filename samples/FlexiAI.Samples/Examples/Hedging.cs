using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class Hedging
{
    public static async Task RunAsync(Simulation simulation)
    {
        var time = simulation.Time;
        simulation.OpenAI.Faults.Always(Fault.Silence());

        // snippet: hedging
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            HedgeAfter = TimeSpan.FromSeconds(3), // no content by then: the next provider is asked as well
            HedgeBudget = 0.05,                   // of one request in twenty at most
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: hedging
        await using var client = new FlexiClient(options, timeProvider: time); // TimeProvider.System, or a test's own

        var response = await client.GetStreamingResponseAsync("Hello").ToChatResponseAsync();
        foreach (var attempt in response.Attempts)
        {
            Console.WriteLine($"{attempt.Provider}: {attempt.Outcome}"); // openai: Cancelled, anthropic: Success
        }
        // end snippet
    }
}

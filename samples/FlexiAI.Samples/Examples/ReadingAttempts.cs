using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class ReadingAttempts
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
        };
        simulation.Redirect(options);
        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        await using var client = new FlexiClient(options);

        // snippet: attempts
        var response = await client.GetResponseAsync("Hello");
        foreach (var attempt in response.Attempts)
        {
            Console.WriteLine($"{attempt.Provider}: {attempt.Outcome}, {attempt.Kind}, HTTP {attempt.StatusCode}, {attempt.Duration.TotalMilliseconds:0} ms");
        }
        // end snippet
    }
}

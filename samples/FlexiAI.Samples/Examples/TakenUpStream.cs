using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class TakenUpStream
{
    public static async Task RunAsync(Simulation simulation)
    {
        simulation.OpenAI.Answer = simulation.Anthropic.Answer = "Once upon a time there was a fox.";
        simulation.OpenAI.Faults.Next(Fault.CutAfter(4));

        // snippet: stream-continue
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { ApiKey = "sk-...", Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { ApiKey = "sk-ant-...", Model = "claude-3-5-haiku-20241022", Priority = 2 }, // AcceptsPrefill is true
            ],
            StreamRecovery = StreamRecovery.Continue,
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: stream-continue
        await using var client = new FlexiClient(options);

        await foreach (var update in client.GetStreamingResponseAsync("Tell me a story", new() { Temperature = 0 }))
        {
            if (update.Provider is { } provider)
            {
                Console.Write($"[{provider}]"); // the first update of each part says whose it is
            }

            Console.Write(update.Text);
        }
        // end snippet

        Console.WriteLine();
    }
}

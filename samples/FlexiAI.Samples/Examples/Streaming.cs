using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class Streaming
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
        simulation.OpenAI.Faults.Next(Fault.InvalidApiKey()).Next(Fault.CutAfter(2));
        await using var client = new FlexiClient(options);

        Console.WriteLine("A failure before the first content is not seen:");
        await StreamAsync(client);
        Console.WriteLine("A failure after it is:");
        await StreamAsync(client);
    }

    private static async Task StreamAsync(FlexiClient client)
    {
        // snippet: streaming
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hello"))
            {
                if (update.Provider is { } provider)
                {
                    Console.Write($"[{provider}] "); // the first update says who answers
                }

                Console.Write(update.Text);
            }

            Console.WriteLine();
        }
        catch (StreamInterruptedException e)
        {
            Console.WriteLine($"… cut off by {e.Provider} ({e.Kind})");
        }
        // end snippet
    }
}

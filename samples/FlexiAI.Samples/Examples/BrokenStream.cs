using System.Text;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class BrokenStream
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
        simulation.OpenAI.Answer = "Once upon a time there was a fox.";
        simulation.OpenAI.Faults.Next(Fault.CutAfter(4));
        await using var client = new FlexiClient(options);

        // snippet: stream-partial
        var story = new StringBuilder();
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("Tell me a story"))
            {
                Console.Write(update.Text);
                story.Append(update.Text);
            }
        }
        catch (StreamInterruptedException e)
        {
            // What the caller has seen stays, marked as cut. e.TextSoFar is the same text, for callers that did not collect it.
            Console.WriteLine(" […]");
            story.Append(" […]");
            Console.WriteLine($"{e.Provider} broke off ({e.Kind}) after {e.TextSoFar.Length} characters; attempts: {e.Attempts.Count}");
        }
        // end snippet

        Console.WriteLine($"Kept: {story}");
    }
}

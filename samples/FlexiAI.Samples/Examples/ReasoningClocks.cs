using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class ReasoningClocks
{
    public static async Task RunAsync(Simulation simulation)
    {
        simulation.Anthropic.Responder = _ => new SimulatedAnswer { Reasoning = "Let me think. ", Text = "42" };

        // snippet: reasoning-clocks
        var options = new FlexiOptions
        {
            Providers =
            [
                // Shows its thinking: the first content comes soon, and updates keep coming.
                new AnthropicProvider
                {
                    ApiKey = "sk-ant-...", Model = "claude-opus-4-6", Priority = 1,
                    FirstTokenTimeout = TimeSpan.FromSeconds(60), Timeout = TimeSpan.FromMinutes(10), IdleTimeout = TimeSpan.FromMinutes(1),
                },

                // Thinks in silence: only the time until the first content can bound it.
                new OpenAIProvider { ApiKey = "sk-...", Model = "o4-mini", Priority = 2, Timeout = TimeSpan.FromMinutes(10) },
            ],
            RequestTimeout = TimeSpan.FromMinutes(15), // all of it together
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: reasoning-clocks
        await using var client = new FlexiClient(options);

        var chat = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Medium, Output = ReasoningOutput.Summary } };
        await foreach (var update in client.GetStreamingResponseAsync("What is the answer?", chat))
        {
            foreach (var content in update.Contents)
            {
                Console.Write(content switch { TextReasoningContent thinking => thinking.Text, TextContent text => text.Text, _ => "" });
            }
        }
        // end snippet

        Console.WriteLine();
    }
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class SeveralBackups
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: one-backup
        var one = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
        };
        // end snippet

        // snippet: two-backups
        var two = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
                new VertexAIProvider { Project = "my-project", Location = "us-central1", Model = "gemini-2.0-flash", Priority = 3 },
            ],
        };
        // end snippet

        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        simulation.Anthropic.Faults.Always(Fault.QuotaExhausted());
        foreach (var options in new[] { one, two })
        {
            simulation.Redirect(options);
            await using var client = new FlexiClient(options);
            try
            {
                Console.WriteLine($"{options.Providers.Count} providers: ✅ {(await client.GetResponseAsync("Hello")).Provider}");
            }
            catch (AllProvidersFailedException e)
            {
                Console.WriteLine($"{options.Providers.Count} providers: ❌ {e.GetType().Name}");
            }
        }
    }
}

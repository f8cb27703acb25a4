using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class CircuitEvents
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
        await using var client = new FlexiClient(options);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // snippet: events
        client.CircuitChanged += (_, change) =>
            Console.WriteLine($"{change.Circuit}: {change.From} -> {change.To} ({change.Cause}, {change.FailureKind})");
        // end snippet
        client.CircuitChanged += (_, _) => told.TrySetResult();
        await client.GetResponseAsync("Hello");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}

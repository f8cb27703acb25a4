using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Samples;

/// <summary>Its minutes pass on a clock of its own.</summary>
internal static class RecoverySteps
{
    public static async Task RunAsync(Simulation simulation)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 10, 26, 12, 0, 5, TimeSpan.Zero));
        var options = new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ],
            CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
        };
        simulation.Redirect(options);
        await using var client = new FlexiClient(options, timeProvider: time);

        Console.WriteLine("Step 1: the primary fails three times.");
        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        await Requests.SendAsync(client, 3);

        Console.WriteLine("Step 2: the backup answers.");
        time.Advance(TimeSpan.FromSeconds(10));
        await UseBackupAsync(client);

        Console.WriteLine("Step 3: 60 seconds pass.");
        time.Advance(TimeSpan.FromSeconds(51));

        Console.WriteLine("Steps 4 and 5B: the next request tests the primary, which still fails.");
        await TestRecoveryAsync(client);
        SeeThatItIsStillDown(client);

        Console.WriteLine("Steps 4 and 5A: 60 seconds later the primary is well.");
        time.Advance(TimeSpan.FromSeconds(60));
        simulation.OpenAI.Faults.Clear();
        await TestRecoveryAsync(client);
        await SeeThatItIsBackAsync(client);
    }

    private static async Task UseBackupAsync(FlexiClient client)
    {
        // snippet: recovery-backup
        var response = await client.GetResponseAsync("Hello");
        Console.WriteLine(response.Provider); // "anthropic"

        var openai = client.GetProviderStatus("openai").CircuitBreaker;
        Console.WriteLine($"Circuit: {openai.State.ToString().ToLowerInvariant()}");     // "open"
        Console.WriteLine($"Last failure: {openai.LastFailureTime:yyyy-MM-ddTHH:mm:ssZ}"); // when the third request failed
        Console.WriteLine($"Tested again in: {openai.RetryAfter?.TotalSeconds} s");
        // end snippet
    }

    private static async Task TestRecoveryAsync(FlexiClient client)
    {
        // snippet: recovery-probe
        // The recovery time is over: this request goes to the primary. If that fails, the same request goes on to the backup.
        var response = await client.GetResponseAsync("Test");
        Console.WriteLine($"Provider: {response.Provider}");
        // end snippet
    }

    private static async Task SeeThatItIsBackAsync(FlexiClient client)
    {
        // snippet: recovery-case-a
        var openai = client.GetProviderStatus("openai").CircuitBreaker;
        Console.WriteLine($"Circuit: {openai.State.ToString().ToLowerInvariant()}"); // "closed"
        Console.WriteLine($"Failures: {openai.FailureCount}");                       // 0
        Console.WriteLine($"Successes: {openai.SuccessCount}");                      // 1: the probe

        var response = await client.GetResponseAsync("Hello");
        Console.WriteLine(response.Provider); // "openai": back
        // end snippet
    }

    private static void SeeThatItIsStillDown(FlexiClient client)
    {
        // snippet: recovery-case-b
        var openai = client.GetProviderStatus("openai").CircuitBreaker;
        Console.WriteLine($"Circuit: {openai.State.ToString().ToLowerInvariant()}"); // "open" again
        Console.WriteLine($"Tested again in: {openai.RetryAfter?.TotalSeconds} s");  // another recovery time
        // end snippet
    }
}

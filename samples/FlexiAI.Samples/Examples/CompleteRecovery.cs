using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

internal static class CompleteRecovery
{
    public static async Task RunAsync(Simulation simulation)
    {
        var time = simulation.Time;

        // snippet: complete-recovery
        var options = new FlexiOptions
        {
            Providers = [new AnthropicProvider { ApiKey = "sk-ant-...", Model = "invalid-model-xyz", Priority = 1 }],
            CircuitBreaker = new()
            {
                FailureThreshold = 3,
                RecoveryTimeout = TimeSpan.FromSeconds(10), // short, for the demonstration
                HalfOpenMaxCalls = 1,
            },
        };
        // end snippet
        simulation.Redirect(options);
        // snippet: complete-recovery
        await using var client = new FlexiClient(options, timeProvider: time); // TimeProvider.System, or a test's own

        Console.WriteLine("Phase 1: Triggering failures...");
        for (var i = 1; i <= 3; i++)
        {
            try
            {
                await client.GetResponseAsync("test");
            }
            catch (AllProvidersFailedException)
            {
                Console.WriteLine($"  Failure {i}");
            }
        }

        var circuit = client.GetProviderStatus()[0].CircuitBreaker;
        Console.WriteLine($"\nCircuit opened! State: {circuit.State.ToString().ToLowerInvariant()}");

        Console.WriteLine($"\nPhase 2: Waiting {circuit.Options.RecoveryTimeout.TotalSeconds} seconds...");
        await Task.Delay(circuit.Options.RecoveryTimeout + TimeSpan.FromSeconds(1), time);

        Console.WriteLine("\nPhase 3: Testing recovery...");
        try
        {
            await client.GetResponseAsync("recovery test");
            Console.WriteLine("✅ Primary recovered!");
        }
        catch (AllProvidersFailedException)
        {
            Console.WriteLine("❌ Primary still down, circuit reopened");
        }

        circuit = client.GetProviderStatus()[0].CircuitBreaker;
        Console.WriteLine($"\nFinal circuit state: {circuit.State.ToString().ToLowerInvariant()}");
        // end snippet
    }
}

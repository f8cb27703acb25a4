namespace FlexiAI.Samples;

internal static class TimeoutsByEnvironment
{
    public static Task RunAsync(Simulation simulation)
    {
        foreach (var environment in new[] { "Development", "Production", "HighLoad" })
        {
            var options = CircuitFor(environment);
            Console.WriteLine($"{environment}: {options.FailureThreshold} failures, {options.RecoveryTimeout.TotalSeconds} s");
        }

        return Task.CompletedTask;
    }

    // snippet: timeouts
    private static CircuitBreakerOptions CircuitFor(string environment) => environment switch
    {
        // Fast feedback.
        "Development" => new() { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromSeconds(10) },

        // More tolerance under high load.
        "HighLoad" => new() { FailureThreshold = 5, RecoveryTimeout = TimeSpan.FromSeconds(120) },

        // Between availability and cost.
        _ => new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
    };
    // end snippet
}

namespace FlexiAI.Samples;

internal static class Presets
{
    public static Task RunAsync(Simulation simulation)
    {
        // snippet: presets
        // Development: fast failover.
        var development = new CircuitBreakerOptions
        {
            FailureThreshold = 2,
            RecoveryTimeout = TimeSpan.FromSeconds(10),
            HalfOpenMaxCalls = 1,
        };

        // Production, high availability: quick detection, frequent tests of recovery.
        var highAvailability = new CircuitBreakerOptions
        {
            FailureThreshold = 3,
            RecoveryTimeout = TimeSpan.FromSeconds(30),
            HalfOpenMaxCalls = 1,
        };

        // Production, cost sensitive: tolerates passing trouble rather than pay for a backup.
        var costSensitive = new CircuitBreakerOptions
        {
            FailureThreshold = 10,
            RecoveryTimeout = TimeSpan.FromSeconds(300),
            HalfOpenMaxCalls = 1,
        };
        // end snippet

        // snippet: preset-names
        CircuitBreakerOptions[] presets =
        [
            CircuitBreakerOptions.Development,
            CircuitBreakerOptions.HighAvailability,
            CircuitBreakerOptions.CostSensitive,
        ];
        // end snippet

        foreach (var (written, preset) in new[] { development, highAvailability, costSensitive }.Zip(presets))
        {
            Console.WriteLine($"{Describe(written)}; the preset: {Describe(preset)}");
        }

        return Task.CompletedTask;
    }

    private static string Describe(CircuitBreakerOptions options) =>
        $"{options.FailureThreshold} failures, {options.RecoveryTimeout.TotalSeconds} s, {options.HalfOpenMaxCalls} probe";
}

namespace FlexiAI.Cli;

/// <summary>The circuit breaker's options; times in seconds.</summary>
internal sealed record CircuitReport(int FailureThreshold, double RecoveryTimeout, int HalfOpenMaxCalls)
{
    public static CircuitReport Of(CircuitBreakerOptions options) =>
        new(options.FailureThreshold, options.RecoveryTimeout.TotalSeconds, options.HalfOpenMaxCalls);
}

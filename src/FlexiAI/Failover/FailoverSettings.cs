namespace FlexiAI;

/// <summary>The options that the attempt loop goes by.</summary>
internal sealed record FailoverSettings
{
    public required FailoverMode Mode { get; init; }

    public required bool FailOverOnCallerFaults { get; init; }

    public required TimeSpan? RequestTimeout { get; init; }

    public required int MaxAttempts { get; init; }

    public required TimeSpan RetryDelay { get; init; }

    public required TimeSpan MaxRetryAfterWait { get; init; }

    /// <summary>How often one stream may be taken up; 0 for never.</summary>
    public int MaxTakeUps { get; init; }

    public float? DefaultTemperature { get; init; }

    public int? DefaultMaxOutputTokens { get; init; }

    public TimeSpan? HedgeAfter { get; init; }

    public double HedgeBudget { get; init; }

    /// <summary>A random number from 0 to 1; a test's own in tests.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}

namespace FlexiAI;

/// <summary>What a <c>FlexiClient</c> is made from.</summary>
public sealed class FlexiOptions
{
    /// <summary>The provider entries: at least one. The order matters only among equal priorities.</summary>
    public IList<ProviderOptions> Providers { get; set; } = [];

    /// <summary>How each entry's circuit opens and recovers.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; set; } = new();

    /// <summary>When a failing request goes on to the next provider. Default <see cref="FailoverMode.Immediate"/>.</summary>
    public FailoverMode FailoverMode { get; set; }

    /// <summary>
    /// Whether a request that is the caller's own fault (<see cref="FailureKind.InvalidRequest"/>, <see cref="FailureKind.ContentFiltered"/>)
    /// is tried on the next provider rather than thrown at once. Default false.
    /// </summary>
    public bool FailOverOnCallerFaults { get; set; }

    /// <summary>How long a request may take, all attempts together: above zero, at most one day. Default null: as long as the caller's token lets it.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// Attempts that one request may make, all providers together: 1 to 1,000. Default 10. A retry never takes the place of a provider
    /// that was not asked yet.
    /// </summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Longest wait before the first retry; it doubles with each further one, and each wait is random between zero and that. Zero to one minute; default 200 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest Retry-After that a request waits for on the same provider. Zero to one hour; default 2 s.</summary>
    public TimeSpan MaxRetryAfterWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What happens to a stream that breaks off after its first content has reached the caller. Default <see cref="StreamRecovery.Fail"/>.</summary>
    public StreamRecovery StreamRecovery { get; set; }

    /// <summary>How often one stream may be taken up again under <see cref="StreamRecovery.Continue"/>: 0 to 100. Default 2.</summary>
    public int MaxStreamRecoveries { get; set; } = 2;

    /// <summary>
    /// How long a request waits for content (a whole reply, where it is not streamed) before the next provider is asked as well; the first
    /// content wins, and the other call is cancelled. Above zero, at most one day. Default null: providers are asked one after the other.
    /// </summary>
    public TimeSpan? HedgeAfter { get; set; }

    /// <summary>
    /// Share of requests that may be hedged, so that a slow provider does not double the load: above 0 to 1. Default 0.05. One hedge is
    /// allowed from the start, and unused ones are kept up to ten.
    /// </summary>
    public double HedgeBudget { get; set; } = 0.05;

    /// <summary>Temperature of requests that name none: 0 to 2. Default null: the provider's.</summary>
    public float? DefaultTemperature { get; set; }

    /// <summary>Output token limit of requests that name none: 1 and above. Default null: the provider's.</summary>
    public int? DefaultMaxOutputTokens { get; set; }

    /// <summary>Makes what shares the circuits with other processes; null where each process goes by itself.</summary>
    internal Func<SharingContext, CircuitSharing>? Sharing { get; set; }

    /// <summary>Reads environment variables; a test's own in tests.</summary>
    internal Func<string, string?> Environment { get; set; } = System.Environment.GetEnvironmentVariable;

    /// <summary>A random number from 0 to 1, for the jitter of retries and breaks; a seeded one where a run must be repeatable.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;
}

namespace FlexiAI;

/// <summary>How one process uses the store.</summary>
internal sealed class RedisCircuitStoreOptions
{
    /// <summary>The process, as others see it in a status and as its vote is counted: different for each process that runs.</summary>
    public required string Process { get; init; }

    /// <summary>How long a circuit is remembered after its last change, break or lease. Default 24 h.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The longest that any call of the store takes. Default 150 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(150);
}

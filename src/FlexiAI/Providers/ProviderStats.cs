namespace FlexiAI;

/// <summary>What one provider did.</summary>
public sealed record ProviderStats
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>Attempts at the provider, each retry counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Attempts that it answered.</summary>
    public required long Successes { get; init; }

    /// <summary>Attempts that the caller cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Failed attempts by kind; kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<FailureKind, long> Failures { get; init; }

    /// <summary>Mean time of the answered attempts, streams until their end; zero if there are none.</summary>
    public required TimeSpan AverageLatency { get; init; }

    /// <summary>Input tokens as far as the provider told, failed attempts included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Output tokens as far as the provider told, failed attempts included.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Answered attempts whose tokens the provider did not tell: unknown, not zero.</summary>
    public required long UsageUnknown { get; init; }
}

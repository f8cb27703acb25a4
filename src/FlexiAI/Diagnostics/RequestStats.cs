namespace FlexiAI;

/// <summary>What a client has done since it was made.</summary>
public sealed record RequestStats
{
    /// <summary>Requests that ended: answered, failed or cancelled.</summary>
    public required long TotalRequests { get; init; }

    /// <summary>Requests that a provider answered.</summary>
    public required long SuccessfulRequests { get; init; }

    /// <summary>Requests that ended in an exception other than the caller's own cancellation.</summary>
    public required long FailedRequests { get; init; }

    /// <summary>Requests that the caller cancelled.</summary>
    public required long CancelledRequests { get; init; }

    /// <summary>What each provider did, in the order of the configuration.</summary>
    public required IReadOnlyList<ProviderStats> Providers { get; init; }

    /// <summary>The providers that have answered at least once.</summary>
    public IEnumerable<ProviderStats> ProvidersUsed => Providers.Where(provider => provider.Successes > 0);

    /// <summary>The provider that answered last; null if none has.</summary>
    public required string? LastUsedProvider { get; init; }
}

namespace FlexiAI;

/// <summary>One provider's failure. Its message holds no secret.</summary>
/// <remarks>One subclass per <see cref="FailureKind"/>, so that a caller can catch by kind.</remarks>
public abstract class ProviderException : Exception
{
    private protected ProviderException(FailureKind kind, ProviderFailure failure)
        : base(failure.ToString(kind), failure.Cause)
    {
        Kind = kind;
        Provider = failure.Provider;
        StatusCode = failure.StatusCode;
        RetryAfter = failure.RetryAfter;
        Reason = failure.Reason;
    }

    /// <summary>What kind of failure it was.</summary>
    public FailureKind Kind { get; }

    /// <summary>The name of the entry that failed.</summary>
    public string Provider { get; }

    /// <summary>The HTTP status; null if no response arrived.</summary>
    public int? StatusCode { get; }

    /// <summary>How long the provider asked to be left alone; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The reason in the provider's own words, or the client's; secrets removed.</summary>
    public string Reason { get; }

    internal static ProviderException Create(FailureKind kind, ProviderFailure failure) => kind switch
    {
        FailureKind.Authentication => new ProviderAuthenticationException(failure),
        FailureKind.QuotaExhausted => new ProviderQuotaExhaustedException(failure),
        FailureKind.RateLimited => new ProviderRateLimitedException(failure),
        FailureKind.ServerError => new ProviderServerErrorException(failure),
        FailureKind.Timeout => new ProviderTimeoutException(failure),
        FailureKind.Network => new ProviderNetworkException(failure),
        FailureKind.ModelNotFound => new ProviderModelNotFoundException(failure),
        FailureKind.InvalidConfiguration => new ProviderInvalidConfigurationException(failure),
        FailureKind.InvalidResponse => new ProviderInvalidResponseException(failure),
        FailureKind.ContextTooLong => new ProviderContextTooLongException(failure),
        FailureKind.ContentFiltered => new ProviderContentFilteredException(failure),
        FailureKind.InvalidRequest => new ProviderInvalidRequestException(failure),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A cancellation is not a provider's failure."),
    };
}

namespace FlexiAI;

/// <summary>Whether a failed call is tried again on the same provider.</summary>
internal enum RetryRule
{
    No,

    /// <summary>Once, after the time the provider named, if that is short enough to wait for.</summary>
    OnceAfterRetryAfter,

    Yes,
}

/// <summary>The one table that decides what follows from a failure. Counting is decided by <see cref="CircuitBreakerOptions.CountedFailures"/>.</summary>
internal static class FailureTable
{
    public static RetryRule Retry(FailureKind kind) => kind switch
    {
        FailureKind.ServerError or FailureKind.Network => RetryRule.Yes,
        FailureKind.RateLimited => RetryRule.OnceAfterRetryAfter,
        _ => RetryRule.No,
    };

    /// <summary>Whether the next provider is asked. The caller's own faults would fail there too, unless the caller says otherwise.</summary>
    public static bool FailsOver(FailureKind kind, bool failOverOnCallerFaults) => kind switch
    {
        FailureKind.Cancelled => false,
        FailureKind.ContentFiltered or FailureKind.InvalidRequest => failOverOnCallerFaults,
        _ => true,
    };
}

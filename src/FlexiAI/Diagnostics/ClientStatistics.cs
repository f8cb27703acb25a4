namespace FlexiAI;

/// <summary>Counts how requests ended.</summary>
internal sealed class ClientStatistics
{
    private const int Failed = 0;
    private const int Cancelled = 1;

    private readonly StripedCounters _counters = new(2);
    private string? _lastUsed;

    public void Success(string provider)
    {
        // Not counted here: the provider that answered has counted it.
        // Written only when it changes, so that threads served by one provider share no written line.
        if (!ReferenceEquals(Volatile.Read(ref _lastUsed), provider))
        {
            Volatile.Write(ref _lastUsed, provider);
        }
    }

    public void Failure() => _counters.Add(Failed);

    public void Cancellation() => _counters.Add(Cancelled);

    /// <param name="providers">The present entries.</param>
    /// <param name="gone">The successes of those that there are no more.</param>
    public RequestStats Read(IEnumerable<Provider> providers, long gone)
    {
        ProviderStats[] stats = [.. providers.Select(provider => provider.Statistics.Read(provider.Name))];
        var (succeeded, failed, cancelled) = (gone + stats.Sum(provider => provider.Successes), _counters.Sum(Failed), _counters.Sum(Cancelled));
        return new RequestStats
        {
            TotalRequests = succeeded + failed + cancelled,
            SuccessfulRequests = succeeded,
            FailedRequests = failed,
            CancelledRequests = cancelled,
            Providers = stats,
            LastUsedProvider = Volatile.Read(ref _lastUsed),
        };
    }
}

namespace FlexiAI;

/// <summary>Counts how requests ended.</summary>
internal sealed class ClientStatistics
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int Cancelled = 2;

    private readonly StripedCounters _counters = new(3);
    private string? _lastUsed;

    public void Success(string provider)
    {
        _counters.Add(Succeeded);

        // Written only when it changes, so that threads served by one provider share no written line.
        if (!ReferenceEquals(Volatile.Read(ref _lastUsed), provider))
        {
            Volatile.Write(ref _lastUsed, provider);
        }
    }

    public void Failure() => _counters.Add(Failed);

    public void Cancellation() => _counters.Add(Cancelled);

    public RequestStats Read(IEnumerable<Provider> providers)
    {
        var (succeeded, failed, cancelled) = (_counters.Sum(Succeeded), _counters.Sum(Failed), _counters.Sum(Cancelled));
        return new RequestStats
        {
            TotalRequests = succeeded + failed + cancelled,
            SuccessfulRequests = succeeded,
            FailedRequests = failed,
            CancelledRequests = cancelled,
            Providers = [.. providers.Select(provider => provider.Statistics.Read(provider.Name))],
            LastUsedProvider = Volatile.Read(ref _lastUsed),
        };
    }
}

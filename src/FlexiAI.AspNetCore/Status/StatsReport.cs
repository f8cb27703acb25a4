namespace FlexiAI;

/// <summary>What <c>GET /stats</c> tells: what the client has done since it was made.</summary>
/// <param name="Requests">Requests that ended.</param>
/// <param name="Succeeded">Those that a provider answered.</param>
/// <param name="Failed">Those that ended in an error.</param>
/// <param name="Cancelled">Those that the caller cancelled.</param>
/// <param name="LastUsed">The entry that answered last; null if none has.</param>
/// <param name="Providers">What each entry did, in the order of the configuration.</param>
internal sealed record StatsReport(
    long Requests, long Succeeded, long Failed, long Cancelled, string? LastUsed, IReadOnlyList<ProviderStatsReport> Providers)
{
    public static StatsReport Of(RequestStats stats) => new(
        stats.TotalRequests,
        stats.SuccessfulRequests,
        stats.FailedRequests,
        stats.CancelledRequests,
        stats.LastUsedProvider,
        [.. stats.Providers.Select(ProviderStatsReport.Of)]);
}

/// <summary>What one entry did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Requests">Attempts at it, each retry counted.</param>
/// <param name="Succeeded">Attempts that it answered.</param>
/// <param name="Cancelled">Attempts that the caller cancelled.</param>
/// <param name="Failures">Failed attempts by kind, such as <c>server-error</c>; kinds that did not occur are absent.</param>
/// <param name="AverageLatencyMs">Mean time of the answered attempts in milliseconds; null if there are none.</param>
/// <param name="InputTokens">Input tokens as far as it told.</param>
/// <param name="OutputTokens">Output tokens as far as it told.</param>
/// <param name="UsageUnknown">Answered attempts whose tokens it did not tell: unknown, not zero.</param>
internal sealed record ProviderStatsReport(
    string Name,
    long Requests,
    long Succeeded,
    long Cancelled,
    IReadOnlyDictionary<string, long> Failures,
    double? AverageLatencyMs,
    long InputTokens,
    long OutputTokens,
    long UsageUnknown)
{
    public static ProviderStatsReport Of(ProviderStats stats) => new(
        stats.Name,
        stats.Requests,
        stats.Successes,
        stats.Cancelled,
        stats.Failures.ToDictionary(failure => Spelling.Of(failure.Key), failure => failure.Value, StringComparer.Ordinal),
        stats.Successes == 0 ? null : Math.Round(stats.AverageLatency.TotalMilliseconds, 1),
        stats.InputTokens,
        stats.OutputTokens,
        stats.UsageUnknown);
}

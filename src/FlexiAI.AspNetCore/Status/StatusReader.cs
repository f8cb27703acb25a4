using System.Reflection;

namespace FlexiAI;

/// <summary>Reads the gateway's present state. Reading changes nothing.</summary>
internal sealed class StatusReader(FlexiClient client, IFaultSwitch? faults, TimeProvider time)
{
    // The part after the plus sign is the commit, which is nobody's business here.
    private static readonly string Version =
        typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long _started = time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public StatusReport ReadStatus()
    {
        var now = time.GetUtcNow();
        var primary = client.PrimaryProvider;
        return new StatusReport(
            Version,
            now,
            _startedAt,
            Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3),
            client.AnyProviderAdmits,
            faults is not null,
            [.. client.GetProviderStatus().Select(provider => Report(provider, primary, now))]);
    }

    public StatsReport ReadStats() => StatsReport.Of(client.GetRequestStats());

    private ProviderReport Report(ProviderStatus provider, string? primary, DateTimeOffset now)
    {
        var simulated = faults?.Providers.Contains(provider.Name, StringComparer.Ordinal) == true;
        return new ProviderReport(
            provider.Name,
            provider.Type,
            provider.Model,
            provider.Priority,
            string.Equals(provider.Name, primary, StringComparison.Ordinal),
            provider.Healthy,
            simulated,
            simulated ? faults!.IsFailing(provider.Name) : null,
            CircuitReport.Of(provider.CircuitBreaker, now),
            provider.Sharing);
    }
}

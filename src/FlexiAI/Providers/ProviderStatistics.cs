using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Counts what one provider did. Every call raises these, so they are striped.</summary>
internal sealed class ProviderStatistics
{
    private const int Requests = 0;
    private const int Successes = 1;
    private const int Cancelled = 2;
    private const int LatencyTicks = 3;
    private const int InputTokens = 4;
    private const int OutputTokens = 5;
    private const int UsageUnknown = 6;
    private const int FirstKind = 7;

    private static readonly FailureKind[] Kinds = Enum.GetValues<FailureKind>();

    private readonly StripedCounters _counters = new(FirstKind + Kinds.Length);

    public void Success(TimeSpan latency, UsageDetails? usage)
    {
        _counters.Add(Requests);
        _counters.Add(Successes);
        _counters.Add(LatencyTicks, latency.Ticks);
        Usage(usage);
        if (!IsKnown(usage))
        {
            _counters.Add(UsageUnknown);
        }
    }

    public void Failure(FailureKind kind, UsageDetails? usage)
    {
        _counters.Add(Requests);
        _counters.Add(FirstKind + (int)kind);
        Usage(usage);
    }

    public void Cancellation(UsageDetails? usage = null)
    {
        _counters.Add(Requests);
        _counters.Add(Cancelled);
        Usage(usage);
    }

    public ProviderStats Read(string name)
    {
        var successes = _counters.Sum(Successes);
        var failures = Kinds.Select(kind => (Kind: kind, Count: _counters.Sum(FirstKind + (int)kind))).Where(row => row.Count > 0).ToDictionary(row => row.Kind, row => row.Count);
        return new ProviderStats
        {
            Name = name,
            Requests = _counters.Sum(Requests),
            Successes = successes,
            Cancelled = _counters.Sum(Cancelled),
            Failures = failures,
            AverageLatency = successes == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_counters.Sum(LatencyTicks) / successes),
            InputTokens = _counters.Sum(InputTokens),
            OutputTokens = _counters.Sum(OutputTokens),
            UsageUnknown = _counters.Sum(UsageUnknown),
        };
    }

    private static bool IsKnown(UsageDetails? usage) => usage?.InputTokenCount is not null || usage?.OutputTokenCount is not null;

    private void Usage(UsageDetails? usage)
    {
        if (IsKnown(usage))
        {
            _counters.Add(InputTokens, usage!.InputTokenCount ?? 0);
            _counters.Add(OutputTokens, usage.OutputTokenCount ?? 0);
        }
    }
}

using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Counts what one provider did. Every call raises these, so they are striped.</summary>
internal sealed class ProviderStatistics
{
    private const int Successes = 0;
    private const int Cancelled = 1;
    private const int LatencyTicks = 2;
    private const int InputTokens = 3;
    private const int OutputTokens = 4;
    private const int UsageUnknown = 5;
    private const int FirstKind = 6;

    private static readonly FailureKind[] Kinds = Enum.GetValues<FailureKind>();

    private readonly StripedCounters _counters = new(FirstKind + Kinds.Length);

    public long SuccessCount => _counters.Sum(Successes);

    public void Success(TimeSpan latency, UsageDetails? usage)
    {
        var row = _counters.Row;
        Interlocked.Increment(ref row[Successes]);
        Interlocked.Add(ref row[LatencyTicks], latency.Ticks);
        if (IsKnown(usage))
        {
            Usage(row, usage!);
        }
        else
        {
            Interlocked.Increment(ref row[UsageUnknown]);
        }
    }

    public void Failure(FailureKind kind, UsageDetails? usage)
    {
        _counters.Add(FirstKind + (int)kind);
        UsageIfKnown(usage);
    }

    public void Cancellation(UsageDetails? usage = null)
    {
        _counters.Add(Cancelled);
        UsageIfKnown(usage);
    }

    public ProviderStats Read(string name)
    {
        var (successes, cancelled) = (_counters.Sum(Successes), _counters.Sum(Cancelled));
        var failures = Kinds.Select(kind => (Kind: kind, Count: _counters.Sum(FirstKind + (int)kind))).Where(row => row.Count > 0).ToDictionary(row => row.Kind, row => row.Count);
        return new ProviderStats
        {
            Name = name,
            Requests = successes + cancelled + failures.Values.Sum(),
            Successes = successes,
            Cancelled = cancelled,
            Failures = failures,
            AverageLatency = successes == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_counters.Sum(LatencyTicks) / successes),
            InputTokens = _counters.Sum(InputTokens),
            OutputTokens = _counters.Sum(OutputTokens),
            UsageUnknown = _counters.Sum(UsageUnknown),
        };
    }

    private static bool IsKnown(UsageDetails? usage) => usage?.InputTokenCount is not null || usage?.OutputTokenCount is not null;

    private static void Usage(Span<long> row, UsageDetails usage)
    {
        Interlocked.Add(ref row[InputTokens], usage.InputTokenCount ?? 0);
        Interlocked.Add(ref row[OutputTokens], usage.OutputTokenCount ?? 0);
    }

    private void UsageIfKnown(UsageDetails? usage)
    {
        if (IsKnown(usage))
        {
            Usage(_counters.Row, usage!);
        }
    }
}

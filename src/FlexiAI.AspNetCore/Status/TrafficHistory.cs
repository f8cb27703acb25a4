namespace FlexiAI;

/// <summary>Sums up requests in spans of five seconds, of which it keeps those of the last ten minutes. Not thread-safe.</summary>
internal sealed class TrafficHistory
{
    private const int SpanSeconds = 5;
    private const int MostSpans = 120;

    private readonly Queue<Span> _spans = new();
    private Span? _newest;

    public void Add(ServedRequest request, DateTimeOffset now)
    {
        var span = SpanOf(now.ToUnixTimeSeconds() / SpanSeconds * SpanSeconds);
        foreach (var attempt in request.Attempts)
        {
            if (attempt.Outcome == ServedRequest.Failure)
            {
                span.Of(attempt.Provider).Failures++;
            }
        }

        if (request is { Outcome: ServedRequest.Success, Provider: { } provider })
        {
            var sum = span.Of(provider);
            sum.Answered++;
            sum.Milliseconds += request.DurationMs;
        }
        else if (request.Outcome == ServedRequest.Failure)
        {
            span.Unanswered++;
        }
    }

    /// <summary>The spans in which something happened, the oldest first.</summary>
    public IReadOnlyList<TrafficSpan> Read() => [.. _spans.Select(span => span.Read())];

    /// <summary>The last two of them, which alone can have changed since the last second.</summary>
    public IReadOnlyList<TrafficSpan> ReadNewest() => [.. _spans.Skip(_spans.Count - 2).Select(span => span.Read())];

    private Span SpanOf(long at)
    {
        // A wall clock that was set back adds to the newest span, so that the order stays.
        if (_newest is null || at > _newest.At)
        {
            _spans.Enqueue(_newest = new Span(at));
        }

        while (_spans.Peek().At <= _newest.At - (MostSpans * SpanSeconds))
        {
            _spans.Dequeue();
        }

        return _newest;
    }

    private sealed class Span(long at)
    {
        private readonly Dictionary<string, Sum> _sums = new(StringComparer.Ordinal);

        public long At => at;

        public long Unanswered { get; set; }

        public Sum Of(string provider) => _sums.TryGetValue(provider, out var sum) ? sum : _sums[provider] = new Sum();

        public TrafficSpan Read() => new(at, SpanSeconds, Unanswered, [.. _sums.Select(pair => pair.Value.Read(pair.Key))]);
    }

    private sealed class Sum
    {
        public long Answered { get; set; }

        public long Failures { get; set; }

        public double Milliseconds { get; set; }

        public ProviderTraffic Read(string name) =>
            new(name, Answered, Failures, Answered == 0 ? null : Math.Round(Milliseconds / Answered, 1));
    }
}

namespace FlexiAI.Cli;

/// <summary>How an attempt ended, as its provider saw it.</summary>
internal enum AttemptEnding
{
    Answered,
    Failed,

    /// <summary>Answered without an end.</summary>
    Truncated,

    /// <summary>The engine gave up waiting.</summary>
    Abandoned,
}

/// <summary>One attempt at one entry.</summary>
internal readonly record struct AttemptRecord(int Entry, TimeSpan Begin, AttemptEnding Ending, long Tokens)
{
    /// <summary>Paid, and thrown away.</summary>
    public long Wasted => Ending == AttemptEnding.Answered ? 0 : Tokens;
}

/// <summary>One request.</summary>
/// <param name="Arrival">When it came.</param>
/// <param name="End">When its caller had the answer or the failure.</param>
/// <param name="By">The entry that answered; -1 if none did.</param>
internal readonly record struct RequestRecord(TimeSpan Arrival, TimeSpan End, int By)
{
    public bool IsAnswered => By >= 0;

    public TimeSpan Latency => End - Arrival;
}

/// <summary>Everything that happened in a run.</summary>
internal sealed class RunLog(int entries)
{
    private readonly List<RequestRecord> _requests = [];
    private readonly List<AttemptRecord> _attempts = [];

    /// <summary>The requests in the order of their arrival, once the run is over.</summary>
    public IReadOnlyList<RequestRecord> Requests => _requests;

    /// <summary>The attempts in the order of their endings.</summary>
    public IReadOnlyList<AttemptRecord> Attempts => _attempts;

    /// <summary>Attempts without an ending.</summary>
    public int AttemptsUnderWay { get; set; }

    /// <summary>Each entry's circuit.</summary>
    public IReadOnlyList<CircuitLog> Circuits { get; } = [.. Enumerable.Range(0, entries).Select(_ => new CircuitLog())];

    public void Add(AttemptRecord attempt) => _attempts.Add(attempt);

    /// <summary>Keeps a place for a request that has come.</summary>
    public int Arrived(TimeSpan now)
    {
        _requests.Add(new RequestRecord(now, now, By: -1));
        return _requests.Count - 1;
    }

    public void Ended(int number, TimeSpan now, int by) => _requests[number] = _requests[number] with { End = now, By = by };
}

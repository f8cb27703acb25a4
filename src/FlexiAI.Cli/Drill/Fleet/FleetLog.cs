namespace FlexiAI.Cli;

/// <summary>Takes in what the workers tell, hands it to the view in one order, and keeps what the summary needs.</summary>
internal sealed class FleetLog(IFleetView view)
{
    private readonly Lock _gate = new();
    private readonly long _begin = TimeProvider.System.GetTimestamp();
    private readonly SortedDictionary<int, (long At, CircuitTransitionCause Cause)> _opened = [];
    private readonly List<FleetRequest> _requests = [];

    /// <summary>Why each worker's circuit opened for the first time, by its number.</summary>
    public IReadOnlyDictionary<int, CircuitTransitionCause> Opened
    {
        get
        {
            lock (_gate)
            {
                return _opened.ToDictionary(opened => opened.Key, opened => opened.Value.Cause);
            }
        }
    }

    public IReadOnlyList<long> OpenedWithin
    {
        get
        {
            lock (_gate)
            {
                var first = _opened.Values.Select(opened => opened.At).DefaultIfEmpty().Min();
                return [.. _opened.Values.Select(opened => (long)Math.Ceiling(TimeProvider.System.GetElapsedTime(first, opened.At).TotalMilliseconds))];
            }
        }
    }

    public int Failed
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count(request => request.Provider is null);
            }
        }
    }

    public FleetRequest Request(int worker, WorkerLine line)
    {
        lock (_gate)
        {
            var outcome = line.Provider is null ? "failure" : "success";
            var request = new FleetRequest(Now(), "request", worker, _requests.Count + 1, outcome, line.Provider, line.Attempts, Words.Of(line.State));
            _requests.Add(request);
            view.Request(request);
            return request;
        }
    }

    public void Transition(int worker, WorkerLine line)
    {
        var told = line.Transition!;
        lock (_gate)
        {
            if (told.To == CircuitState.Open)
            {
                _opened.TryAdd(worker, (line.At, told.Cause));
            }

            view.Transition(new FleetTransition(
                Now(), "transition", worker, told.Circuit, Words.Of(told.From), Words.Of(told.To), Words.Of(told.Cause)));
        }
    }

    private double Now() => Math.Round(TimeProvider.System.GetElapsedTime(_begin).TotalSeconds, 3);
}

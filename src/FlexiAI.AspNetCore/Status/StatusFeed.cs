namespace FlexiAI;

/// <summary>
/// Remembers the last requests and changes of circuits and tells them to whoever watches. One for the life of a client; a watcher that is
/// slow loses news and is never waited for. Thread-safe.
/// </summary>
internal sealed class StatusFeed : IDisposable
{
    private const int MostRequests = 200;
    private const int MostChanges = 100;

    private readonly Lock _gate = new();
    private readonly FlexiClient _client;
    private readonly TimeProvider _time;
    private readonly StatusReader _reader;
    private readonly Queue<ServedRequest> _requests = new(MostRequests);
    private readonly Queue<CircuitChange> _changes = new(MostChanges);
    private readonly TrafficHistory _traffic = new();
    private readonly List<StatusWatcher> _watchers = [];

    public StatusFeed(FlexiClient client, TimeProvider time, IFaultSwitch? faults = null)
    {
        _client = client;
        _time = time;
        _reader = new StatusReader(client, faults, time);
        client.CircuitChanged += OnCircuitChanged;
    }

    /// <summary>How many watch now.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>Takes note of a request that has ended.</summary>
    public void Report(ServedRequest request)
    {
        lock (_gate)
        {
            Keep(_requests, request, MostRequests);
            _traffic.Add(request, _time.GetUtcNow());
            Tell(new StatusEvent(request, Change: null));
        }
    }

    /// <summary>Tells watchers that the status is another, for what neither a request nor a circuit tells.</summary>
    public void ReportChange()
    {
        lock (_gate)
        {
            Tell(default);
        }
    }

    public StatusReport ReadStatus() => _reader.ReadStatus();

    public StatsReport ReadStats() => _reader.ReadStats();

    public StatusNews ReadNews()
    {
        IReadOnlyList<TrafficSpan> traffic;
        lock (_gate)
        {
            traffic = _traffic.ReadNewest();
        }

        return new StatusNews(ReadStatus(), ReadStats(), traffic);
    }

    /// <summary>Everything remembered. What a watcher has waiting is part of it and dropped, so that nothing is told twice.</summary>
    public HelloReport ReadAll(StatusWatcher watcher)
    {
        lock (_gate)
        {
            watcher.Forget();
            return new HelloReport(ReadStatus(), ReadStats(), _traffic.Read(), [.. _requests], [.. _changes]);
        }
    }

    public StatusWatcher Watch()
    {
        var watcher = new StatusWatcher();
        lock (_gate)
        {
            _watchers.Add(watcher);
        }

        return watcher;
    }

    public void Unwatch(StatusWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    public void Dispose() => _client.CircuitChanged -= OnCircuitChanged;

    private void OnCircuitChanged(object? sender, CircuitTransition transition)
    {
        lock (_gate)
        {
            var change = CircuitChange.Of(transition, _time.GetUtcNow());
            Keep(_changes, change, MostChanges);
            Tell(new StatusEvent(Request: null, change));
        }
    }

    private void Tell(StatusEvent news)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Tell(news);
        }
    }

    private static void Keep<T>(Queue<T> queue, T item, int most)
    {
        if (queue.Count == most)
        {
            queue.Dequeue();
        }

        queue.Enqueue(item);
    }
}

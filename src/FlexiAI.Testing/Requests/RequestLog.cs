namespace FlexiAI.Testing;

/// <summary>Every request in the order of arrival, and those who wait for more of them.</summary>
internal sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<SimulatedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    public SimulatedRequest Add(Func<int, SimulatedRequest> create)
    {
        lock (_gate)
        {
            var request = create(_requests.Count + 1);
            _requests.Add(request);
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Count <= _requests.Count))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(waiting => waiting.Count <= _requests.Count);
            return request;
        }
    }

    public Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_requests.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }
}

using System.Collections.Concurrent;

namespace FlexiAI;

/// <summary>
/// Hands transitions to the handlers in era order, each once, on a pool thread that no caller waits for. Two threads may hand in
/// neighbouring eras in the wrong order; the later one is held back until the earlier is in.
/// </summary>
internal sealed class CircuitTransitionQueue(Action<CircuitTransition> publish) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<CircuitTransition> _arrived = new();
    private readonly SortedDictionary<long, CircuitTransition> _early = [];
    private long _publishedEra = CircuitSnapshot.Initial.Era;
    private int _draining;

    public void Publish(CircuitTransition transition)
    {
        _arrived.Enqueue(transition);
        ScheduleDrain();
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (_arrived.TryDequeue(out var transition))
        {
            _early.Add(transition.Era, transition);
            while (_early.Remove(_publishedEra + 1, out var next))
            {
                _publishedEra++;
                publish(next);
            }
        }

        Interlocked.Exchange(ref _draining, 0);

        // A transition that arrived between the last look and the line above found the drain busy.
        if (!_arrived.IsEmpty)
        {
            ScheduleDrain();
        }
    }

    private void ScheduleDrain()
    {
        if (Interlocked.Exchange(ref _draining, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}

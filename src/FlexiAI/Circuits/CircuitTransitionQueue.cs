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
    private int _pending;

    public void Publish(CircuitTransition transition)
    {
        _arrived.Enqueue(transition);

        // Whoever hands in the first of those not yet drained starts the drain; it ends with the last, so that there is never a second.
        if (Interlocked.Increment(ref _pending) == 1)
        {
            // Stryker disable once boolean : which queue of the pool it waits in changes no result
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            _arrived.TryDequeue(out var transition);
            _early.Add(transition!.Era, transition);
            while (_early.Remove(_publishedEra + 1, out var next))
            {
                _publishedEra++;
                publish(next);
            }
        }
        while (Interlocked.Decrement(ref _pending) != 0);
    }
}

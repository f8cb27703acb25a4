namespace FlexiAI.Tests.Circuits;

/// <summary>Collects a breaker's transitions as they are published, and lets a test await them.</summary>
internal sealed class TransitionLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<CircuitTransition> _seen = [];
    private readonly List<(long Era, TaskCompletionSource Arrived)> _awaited = [];

    public TransitionLog(CircuitBreaker breaker) => breaker.Changed += (_, transition) => Add(transition);

    /// <summary>Everything published up to and including the transition that began an era.</summary>
    public async Task<IReadOnlyList<CircuitTransition>> UpTo(long era)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((era, arrived));
            Release();
        }

        await arrived.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        lock (_lock)
        {
            return [.. _seen];
        }
    }

    private void Add(CircuitTransition transition)
    {
        lock (_lock)
        {
            _seen.Add(transition);
            Release();
        }
    }

    private void Release()
    {
        foreach (var (era, arrived) in _awaited.Where(waiter => _seen.Exists(transition => transition.Era >= waiter.Era)))
        {
            arrived.TrySetResult();
        }
    }
}

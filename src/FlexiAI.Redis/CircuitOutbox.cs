using System.Threading.Channels;

namespace FlexiAI;

/// <summary>Carries one circuit's changes to Redis, in their order and one at a time, while nobody waits. Of too many the newest remain.</summary>
internal sealed class CircuitOutbox
{
    private const int Most = 64;

    private readonly Channel<Change> _changes =
        Channel.CreateBounded<Change>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <param name="change">What is to be done in Redis.</param>
    /// <param name="lost">Told if it could not be done, or nobody knows whether it was.</param>
    public void Send(Func<RedisCircuitStore, Task<CircuitView>> change, Action? lost = null) => _changes.Writer.TryWrite(new(change, lost));

    /// <summary>Carries until <see cref="Close"/>. What cannot be carried is dropped: the next poll sees the difference.</summary>
    public async Task RunAsync(RedisLink link, Action<CircuitView> take)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (await link.CallAsync(change.Do).ConfigureAwait(false) is { } view)
            {
                take(view);
            }
            else
            {
                change.Lost?.Invoke();
            }
        }
    }

    public void Close() => _changes.Writer.TryComplete();

    private readonly record struct Change(Func<RedisCircuitStore, Task<CircuitView>> Do, Action? Lost);
}

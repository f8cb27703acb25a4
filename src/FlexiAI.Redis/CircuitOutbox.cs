using System.Threading.Channels;

namespace FlexiAI;

/// <summary>Carries one circuit's changes to Redis, in their order and one at a time, while nobody waits. Of too many the newest remain.</summary>
internal sealed class CircuitOutbox
{
    private const int Most = 64;

    private readonly Channel<Func<RedisCircuitStore, Task<CircuitView>>> _changes =
        Channel.CreateBounded<Func<RedisCircuitStore, Task<CircuitView>>>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Send(Func<RedisCircuitStore, Task<CircuitView>> change) => _changes.Writer.TryWrite(change);

    /// <summary>Carries until <see cref="Close"/>. What cannot be carried is dropped: the next poll sees the difference.</summary>
    public async Task RunAsync(RedisLink link, Action<CircuitView> take)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (await link.CallAsync(change).ConfigureAwait(false) is { } view)
            {
                take(view);
            }
        }
    }

    public void Close() => _changes.Writer.TryComplete();
}

using System.Threading.Channels;

namespace FlexiAI;

/// <summary>Carries one circuit's changes to Redis, in their order and one at a time, while nobody waits. Of too many the newest remain.</summary>
internal sealed class CircuitOutbox
{
    private const int Most = 64;

    private readonly Channel<Letter> _letters =
        Channel.CreateBounded<Letter>(
            new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            static dropped =>
            {
                dropped.Lost?.Invoke();
                dropped.Carried?.SetResult();
            });

    /// <param name="change">What is to be done there.</param>
    /// <param name="lost">Told if it could not be done, or nobody knows whether it was.</param>
    /// <param name="stillHolds">Asked when its turn comes: whether it is still to be done. Default: it is.</param>
    public void Send(Func<RedisCircuitStore, Task<CircuitView>> change, Action? lost = null, Func<bool>? stillHolds = null) =>
        _letters.Writer.TryWrite(new Letter(change, lost, stillHolds, null));

    /// <summary>Ends when all that was sent before is carried.</summary>
    public Task FlushAsync()
    {
        var carried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _letters.Writer.TryWrite(new Letter(null, null, null, carried));
        return carried.Task;
    }

    /// <summary>Carries until <see cref="Close"/>. What cannot be carried is dropped: the next poll sees the difference.</summary>
    public async Task RunAsync(RedisLink link, Action<CircuitView> take)
    {
        await foreach (var letter in _letters.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (letter.Change is { } change && letter.StillHolds?.Invoke() != false)
            {
                if (await link.CallAsync(change).ConfigureAwait(false) is { } view)
                {
                    take(view);
                }
                else
                {
                    letter.Lost?.Invoke();
                }
            }

            letter.Carried?.SetResult();
        }
    }

    public void Close() => _letters.Writer.TryComplete();

    private sealed record Letter(Func<RedisCircuitStore, Task<CircuitView>>? Change, Action? Lost, Func<bool>? StillHolds, TaskCompletionSource? Carried);
}

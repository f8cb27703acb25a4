using System.Threading.Channels;

namespace FlexiAI;

/// <summary>The news waiting for one watcher. When more wait than it holds, the oldest are lost, and it is known that they are.</summary>
internal sealed class StatusWatcher
{
    private const int MostWaiting = 256;

    private readonly Channel<StatusEvent> _waiting;
    private bool _missed;

    public StatusWatcher() => _waiting = Channel.CreateBounded<StatusEvent>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => Volatile.Write(ref _missed, true));

    public ChannelReader<StatusEvent> News => _waiting.Reader;

    /// <summary>Whether news were lost since <see cref="Forget"/>.</summary>
    public bool HasMissed => Volatile.Read(ref _missed);

    public void Tell(StatusEvent news) => _waiting.Writer.TryWrite(news);

    public void Forget()
    {
        while (_waiting.Reader.TryRead(out _))
        {
        }

        Volatile.Write(ref _missed, false);
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A clock that stands still until told to go exactly to the end of the next delay someone has begun.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _delays.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Waits until a delay has begun and goes to its end.</summary>
    public async Task PassDelaysAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Advance(await _delays.Reader.ReadAsync(Raw.Token));
        }
    }
}

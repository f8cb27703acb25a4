using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.FaultWall;

/// <summary>
/// The clock of one client and its providers. It moves only when a scene moves it, and when somebody waits for no more than
/// <see cref="LongestWait"/>: that is a retry, for which nobody else waits, so the time is over at once and the clock says that it has passed.
/// </summary>
internal sealed class WallClock : FakeTimeProvider
{
    // The longest Retry-After that the engine waits for; its time limits are all longer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly long _start;

    public WallClock() => _start = GetTimestamp();

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => GetElapsedTime(_start);

    public TimeSpan At(long timestamp) => GetElapsedTime(_start, timestamp);

    /// <summary>Moves on to this time since the beginning; not back.</summary>
    public void AdvanceTo(TimeSpan time)
    {
        if (time > Elapsed)
        {
            Advance(time - Elapsed);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= LongestWait)
        {
            // Not here: who makes a timer may not be ready for it to ring yet.
            ThreadPool.QueueUserWorkItem(static wait => wait.Clock.Advance(wait.Time), (Clock: this, Time: dueTime), preferLocal: false);
        }

        return timer;
    }
}

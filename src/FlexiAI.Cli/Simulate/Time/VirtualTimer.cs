namespace FlexiAI.Cli;

/// <summary>A timer of <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private Alarm? _alarm;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_alarm is { } old)
        {
            // It stays in the queue until its time comes, and keeps nothing alive there.
            old.Timer = null;
            _alarm = null;
        }

        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _alarm = new Alarm { Timer = this, Period = period };
            time.Add(_alarm, dueTime);
        }

        return true;
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Ring(TimeSpan period)
    {
        _alarm = null;
        if (period > TimeSpan.Zero)
        {
            Change(period, period);
        }

        callback(state);
    }

    /// <summary>One time that the timer was set to.</summary>
    public sealed class Alarm
    {
        public VirtualTimer? Timer { get; set; }

        public TimeSpan Period { get; init; }

        public bool IsSet => Timer is not null;

        public void Ring() => Timer!.Ring(Period);
    }
}

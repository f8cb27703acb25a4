namespace FlexiAI.Cli;

/// <summary>
/// Time that passes as fast as the work allows: its timers ring one after the other, by due time and then by the order in which they were
/// set, all on the one thread that runs it. What they set off runs to its next wait before the next one rings.
/// </summary>
/// <remarks>
/// The thread must have no synchronization context. Then the continuations of tasks run where the tasks complete, on this very thread, and
/// the same work takes the same course each time.
/// </remarks>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly PriorityQueue<VirtualTimer.Alarm, (long Due, long Order)> _alarms = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Epoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits, for ever if there is no time. Unlike those of <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, which
    /// go to the pool when it is cancelled, its continuations stay on the thread.</summary>
    public async Task WaitAsync(TimeSpan? wait, CancellationToken cancelled)
    {
        var over = new TaskCompletionSource();
        using var timer = new VirtualTimer(this, _ => over.TrySetResult(), state: null);
        timer.Change(wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var registration = cancelled.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over);
        await over.Task.ConfigureAwait(false);
    }

    /// <summary>Lets time pass until no timer is set.</summary>
    /// <param name="afterEach">Called after each ring and everything it set off.</param>
    /// <param name="cancelled">Ends it early.</param>
    public void Run(Action afterEach, CancellationToken cancelled)
    {
        ThrowUnlessOwnThread();
        while (_alarms.TryDequeue(out var alarm, out var at))
        {
            if (alarm.IsSet)
            {
                cancelled.ThrowIfCancellationRequested();
                Volatile.Write(ref _now, at.Due);
                alarm.Ring();
                afterEach();
            }
        }
    }

    public void Add(VirtualTimer.Alarm alarm, TimeSpan wait)
    {
        ThrowUnlessOwnThread();
        _alarms.Enqueue(alarm, (_now + wait.Ticks, _order++));
    }

    /// <exception cref="InvalidOperationException">Something left the thread: from here on, no two runs would be alike.</exception>
    public void ThrowUnlessOwnThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("Virtual time belongs to one thread, and this is another.");
        }
    }
}

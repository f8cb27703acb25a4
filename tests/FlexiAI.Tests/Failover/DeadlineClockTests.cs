namespace FlexiAI.Tests;

/// <summary>A deadline whose timer is late.</summary>
public sealed class DeadlineClockTests
{
    [Fact]
    public void Time_that_ran_out_while_the_timer_was_late_is_over_at_once_when_the_deadline_runs_on()
    {
        var time = new LateTimers();
        using var pool = new ClockPool(time);
        using var deadline = new Deadline(pool, TimeSpan.FromSeconds(10), CancellationToken.None);

        time.Now = TimeSpan.FromSeconds(25);
        deadline.Pause();
        time.Ring();
        Assert.False(deadline.HasPassed);
        deadline.Resume();
        time.Ring();

        Assert.True(deadline.HasPassed);
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.Equal("No answer to the request within 10 s.", deadline.Failure.Message);
    }

    /// <summary>Time that the test sets, and timers that ring when it says; like real ones they refuse to ring in the past.</summary>
    private sealed class LateTimers : TimeProvider
    {
        private Action? _ring;

        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ring = () => callback(state);
            return new Timer();
        }

        public void Ring() => _ring!();

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

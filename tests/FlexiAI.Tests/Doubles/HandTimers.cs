namespace FlexiAI.Tests;

/// <summary>Time that stands still, with timers that the test rings by hand, in any order.</summary>
internal sealed class HandTimers : TimeProvider
{
    private readonly List<(TimeSpan Due, Action Ring)> _timers = [];

    /// <summary>How many timers were made.</summary>
    public int Made => _timers.Count;

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add((dueTime, () => callback(state)));
        return new Timer();
    }

    public void Ring(TimeSpan due) => _timers.Single(timer => timer.Due == due).Ring();

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A test's clock that says when a wait of a certain length begins, and how many such waits are neither over nor given up.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _begun = new();
    private readonly ConcurrentDictionary<Wait, TimeSpan> _waiting = new();

    public Task WaitBegan(TimeSpan length, CancellationToken stop) => Begun(length).Task.WaitAsync(stop);

    public int Waiting(TimeSpan length) => _waiting.Values.Count(value => value == length);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Wait(this);
        _waiting[wait] = dueTime;
        wait.Inner = base.CreateTimer(
            _ =>
            {
                wait.IsOver();
                callback(state);
            },
            null,
            dueTime,
            period);
        Begun(dueTime).TrySetResult();
        return wait;
    }

    private TaskCompletionSource Begun(TimeSpan length) =>
        _begun.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Wait(WatchedTime time) : ITimer
    {
        public ITimer? Inner { get; set; }

        public void IsOver() => time._waiting.TryRemove(this, out _);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._waiting[this] = dueTime;
            var changed = Inner!.Change(dueTime, period);
            time.Begun(dueTime).TrySetResult();
            return changed;
        }

        public void Dispose()
        {
            IsOver();
            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

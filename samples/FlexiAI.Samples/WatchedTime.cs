using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Samples;

/// <summary>A clock that is moved by hand, and knows when somebody has begun to wait for a time: before that, moving it wakes nobody.</summary>
internal sealed class WatchedTime(TimeSpan awaited) : FakeTimeProvider
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitBegan => _begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == awaited)
        {
            _begun.TrySetResult();
        }

        return timer;
    }
}

using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Samples;

/// <summary>A test's clock that says when somebody begins to wait a certain time.</summary>
internal sealed class AnnouncedTime(TimeSpan wait) : FakeTimeProvider
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitingBegan => _begun.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == wait)
        {
            _begun.TrySetResult();
        }

        return timer;
    }
}

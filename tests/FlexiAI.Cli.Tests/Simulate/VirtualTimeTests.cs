using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class VirtualTimeTests
{
    private readonly List<string> _rings = [];

    [Fact]
    public void Timers_RingByDueTimeAndThenInTheOrderTheyWereSet()
    {
        var time = new VirtualTime();
        Set(time, "b", 2);
        Set(time, "a", 1);
        Set(time, "c", 2);
        time.Run(() => _rings.Add("|"), CancellationToken.None);
        Assert.Equal(["a@1", "|", "b@2", "|", "c@2", "|"], _rings);
    }

    [Fact]
    public void ATimerSetByAnother_RingsWhenItsTimeHasCome()
    {
        var time = new VirtualTime();
        time.CreateTimer(_ => Set(time, "later", 1), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Set(time, "between", 1.5);
        time.Run(() => { }, CancellationToken.None);
        Assert.Equal(["between@1.5", "later@2"], _rings);
    }

    [Fact]
    public void ATimerThatWasDisposedOrSetAnew_DoesNotRingAtItsOldTime()
    {
        var time = new VirtualTime();
        Set(time, "never", 1).Dispose();
        Set(time, "moved", 1).Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        time.Run(() => { }, CancellationToken.None);
        Assert.Equal(["moved@3"], _rings);
    }

    [Fact]
    public void APeriodicTimer_RingsUntilItIsDisposed()
    {
        var time = new VirtualTime();
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                _rings.Add(FormattableString.Invariant($"{time.Now.TotalSeconds}"));
                if (_rings.Count == 3)
                {
                    timer!.Dispose();
                }
            },
            state: null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2));
        time.Run(() => { }, CancellationToken.None);
        Assert.Equal(["1", "3", "5"], _rings);
    }

    [Fact]
    public async Task AnotherThread_MaySetNoTimer()
    {
        var time = new VirtualTime();
        var refusal = new TaskCompletionSource<Exception?>();
        var other = new Thread(() => refusal.SetResult(Record.Exception(() => Set(time, "stray", 1))));
        other.Start();
        Assert.IsType<InvalidOperationException>(await refusal.Task);
    }

    [Fact]
    public async Task AWaitThatIsCancelled_GoesOnWhereItWasCancelled()
    {
        var threads = new TaskCompletionSource<(int Run, int Continued)>();
        var own = new Thread(() =>
        {
            var time = new VirtualTime();
            using var cancelling = new CancellationTokenSource();
            var continued = 0;
            _ = ContinueAsync(time.WaitAsync(wait: null, cancelling.Token), () => continued = Environment.CurrentManagedThreadId);
            time.CreateTimer(_ => cancelling.Cancel(), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            time.Run(() => { }, CancellationToken.None);
            threads.SetResult((Environment.CurrentManagedThreadId, continued));
        });
        own.Start();
        var (run, went) = await threads.Task;
        Assert.Equal(run, went);

        static async Task ContinueAsync(Task wait, Action then)
        {
            await Assert.ThrowsAsync<TaskCanceledException>(() => wait).ConfigureAwait(false);
            then();
        }
    }

    private ITimer Set(VirtualTime time, string name, double seconds) => time.CreateTimer(
        _ => _rings.Add(FormattableString.Invariant($"{name}@{time.Now.TotalSeconds}")), state: null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}

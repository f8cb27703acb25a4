namespace FlexiAI.Tests.Circuits;

public class EventTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CircuitUnderTest _circuit = new(new() { FailureThreshold = 1 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task U1_AHandlerThatThrows_ReachesNoCallerAndStopsNoOtherHandler()
    {
        var breaker = new CircuitBreaker("b", new() { FailureThreshold = 1 }, _circuit.Clock);
        breaker.Changed += (_, _) => throw new InvalidOperationException("handler");
        var log = new TransitionLog(breaker);

        Assert.True(breaker.TryEnter(out var permit));
        permit.Failure();
        breaker.Reset();

        Assert.Equal([2L, 3L], (await log.UpTo(3)).Select(transition => transition.Era));
    }

    [Fact]
    public async Task U1_AHandlerThatBlocks_DelaysNoCaller()
    {
        using var release = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _circuit.Breaker.Changed += (_, _) =>
        {
            blocked.TrySetResult();
            release.Wait(Patience, Token);
        };
        _circuit.Trip();
        await blocked.Task.WaitAsync(Patience, Token);

        // With the handler stuck on the first transition the circuit goes all the way round.
        _circuit.Clock.Advance(_circuit.RecoveryTimeout);
        _circuit.Succeed();
        Assert.Equal(CircuitState.Closed, _circuit.State);

        release.Set();
        Assert.Equal([2L, 3L, 4L], (await _circuit.Log.UpTo(4)).Select(transition => transition.Era));
    }

    [Fact]
    public async Task U1_AHandlerThatCallsBack_CannotDeadlock()
    {
        var seen = new List<(CircuitState, CircuitState)>();
        _circuit.Breaker.Changed += (sender, transition) =>
        {
            var breaker = Assert.IsType<CircuitBreaker>(sender);
            seen.Add((transition.To, breaker.GetStatus().State));
            if (transition.To == CircuitState.Open)
            {
                breaker.Reset();
                Assert.True(breaker.TryEnter(out var permit));
                permit.Success();
                breaker.Isolate();
                breaker.Reset();
            }
        };

        _circuit.Trip2();

        Assert.Equal(5, (await _circuit.Log.UpTo(5))[^1].Era);
        Assert.Equal((CircuitState.Open, CircuitState.Open), seen[0]);
    }

    [Fact]
    public async Task Trap24_AListenerThatThrowsOrBlocks_ChangesNoOutcome()
    {
        using var release = new ManualResetEventSlim();
        _circuit.Breaker.Changed += (_, _) => throw new InvalidOperationException("listener");
        _circuit.Breaker.Changed += (_, _) => release.Wait(Patience, Token);

        _circuit.Trip();
        Assert.Equal(CircuitRefusalReason.Open, _circuit.MeetRefusal().Reason);
        _circuit.Clock.Advance(_circuit.RecoveryTimeout);
        _circuit.Enter().Success();

        Assert.Equal(CircuitState.Closed, _circuit.State);
        release.Set();
        await _circuit.Log.UpTo(4);
    }

    [Fact]
    public async Task Handlers_run_on_the_pool_and_not_on_the_callers_thread()
    {
        var onPool = new TaskCompletionSource<(bool, int)>();
        _circuit.Breaker.Changed += (_, _) => onPool.TrySetResult((Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId));
        var caller = 0;
        var thread = new Thread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            _circuit.Fail();
        });
        thread.Start();
        thread.Join();

        var (pool, id) = await onPool.Task.WaitAsync(Patience, Token);
        Assert.True(pool);
        Assert.NotEqual(caller, id);
    }

    [Fact]
    public async Task U2_TheStateReadInAHandler_IsAtLeastAsNew()
    {
        var eras = new List<(long Told, long Read)>();
        _circuit.Breaker.Changed += (sender, transition) => eras.Add((transition.Era, ((CircuitBreaker)sender!).GetStatus().Era));
        var second = new TransitionLog(_circuit.Breaker);
        for (var i = 0; i < 100; i++)
        {
            _circuit.Breaker.Isolate();
            _circuit.Breaker.Reset();
        }

        await second.UpTo(201);
        Assert.Equal(200, eras.Count);
        Assert.All(eras, era => Assert.True(era.Read >= era.Told));
    }

    [Fact]
    public async Task U2_TransitionsHandedInTheWrongOrder_ArePublishedInEraOrder()
    {
        var published = new List<long>();
        var done = new TaskCompletionSource();
        var queue = new CircuitTransitionQueue(transition =>
        {
            published.Add(transition.Era);
            if (transition.Era == 5)
            {
                done.SetResult();
            }
        });

        foreach (var era in new[] { 4, 3, 5, 2 })
        {
            queue.Publish(new("c", CircuitState.Closed, CircuitState.Open, era, CircuitTransitionCause.Manual, null, null));
        }

        await done.Task.WaitAsync(Patience, Token);
        Assert.Equal([2L, 3L, 4L, 5L], published);
    }

    [Fact]
    public async Task A_handler_that_unsubscribed_is_told_no_more()
    {
        var told = 0;
        void Handler(object? sender, CircuitTransition transition) => told++;
        _circuit.Breaker.Changed += Handler;
        _circuit.Trip();
        await _circuit.Log.UpTo(2);
        _circuit.Breaker.Changed -= Handler;

        _circuit.Breaker.Reset();

        await _circuit.Log.UpTo(3);
        Assert.Equal(1, told);
    }
}

file static class Steps
{
    // A handler may have closed it again before anybody looks.
    public static void Trip2(this CircuitUnderTest circuit) => circuit.Fail(circuit.Breaker.Options.FailureThreshold);
}

using System.Collections.Concurrent;

namespace FlexiAI.Tests.Circuits;

/// <summary>Many real threads at one breaker.</summary>
public class ContentionTests
{
    private const int Callers = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Trap06_AHundredCallersAtRecovery_GetExactlyHalfOpenMaxCallsPermits(int places)
    {
        for (var round = 0; round < 10; round++)
        {
            var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, HalfOpenMaxCalls = places });
            circuit.Trip();
            circuit.Clock.Advance(circuit.RecoveryTimeout);
            var permits = new ConcurrentBag<CircuitPermit>();

            Threads.Together(Callers, _ =>
            {
                if (circuit.Breaker.TryEnter(out var permit))
                {
                    permits.Add(permit);
                }
            });

            Assert.Equal(places, permits.Count);
            Assert.Equal(places, permits.Distinct().Count());
            Assert.Equal((CircuitState.HalfOpen, 3L, (long)Callers - places), (circuit.State, circuit.Status.Era, circuit.Status.Rejections));
        }
    }

    [Fact]
    public async Task S2_UnderContention_TheCircuitOpensExactlyOnce()
    {
        for (var round = 0; round < 10; round++)
        {
            var circuit = new CircuitUnderTest(new() { FailureThreshold = 7 });
            var permits = Enumerable.Range(0, Callers).Select(_ => circuit.Enter()).ToArray();

            Threads.Together(Callers, i => permits[i].Failure(FailureKind.Network));

            Assert.Equal((CircuitState.Open, 2L, 7), (circuit.State, circuit.Status.Era, circuit.Status.FailureCount));
            Assert.Equal(Callers - 7, circuit.Status.LateResults);
            circuit.Breaker.Reset();
            Assert.Equal(2, (await circuit.Log.UpTo(3)).Count);
        }
    }

    [Fact]
    public void No_failure_is_lost_or_counted_twice()
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = 1_000_000 });

        Threads.Together(8, _ =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                circuit.Fail();
            }
        });

        Assert.Equal(16_000, circuit.Status.FailureCount);
    }

    [Fact]
    public void No_success_is_lost()
    {
        var circuit = new CircuitUnderTest();

        Threads.Together(8, _ => circuit.Succeed(20_000));

        Assert.Equal(160_000, circuit.Status.SuccessCount);
    }

    [Fact]
    public void Successes_and_failures_at_once_leave_a_count_that_some_order_of_them_explains()
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = 1_000_000 });

        Threads.Together(4, i =>
        {
            for (var n = 0; n < 20_000; n++)
            {
                if (i == 0)
                {
                    circuit.Succeed();
                }
                else
                {
                    circuit.Fail();
                }
            }
        });

        Assert.Equal((CircuitState.Closed, 0L), (circuit.State, circuit.Status.LateResults));
        Assert.InRange(circuit.Status.FailureCount, 0, 60_000);
        circuit.Succeed();
        Assert.Equal(0, circuit.Status.FailureCount);
    }

    [Fact]
    public void Of_successes_that_race_to_clear_a_failure_each_is_counted_once()
    {
        const int Racers = 2;
        var circuit = new CircuitUnderTest();
        var lost = 0;
        using var start = new Barrier(Racers);
        using var end = new Barrier(Racers, _ =>
        {
            lost += circuit.Status is { FailureCount: 0, SuccessCount: Racers } ? 0 : 1;
            circuit.Fail();
        });
        circuit.Fail();

        Threads.Together(Racers, _ =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var permit = circuit.Enter();
                Assert.True(start.SignalAndWait(Patience));
                permit.Success();
                Assert.True(end.SignalAndWait(Patience));
            }
        });

        Assert.Equal(0, lost);
    }

    [Fact]
    public void S4_UnderContention_ProbesOutNeverExceedThePlaces()
    {
        const int Places = 2;
        var (circuit, first) = CircuitUnderTest.HalfOpen(Places);
        first.Neutral();
        var started = 0;
        var most = 0;

        Threads.Together(8, _ =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (circuit.Breaker.TryEnter(out var permit))
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref started));
                    Interlocked.Decrement(ref started);
                    permit.Neutral();
                }
            }
        });

        Assert.InRange(most, 1, Places);
        Assert.Equal((CircuitState.HalfOpen, 0L), (circuit.State, circuit.Status.LateResults));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}

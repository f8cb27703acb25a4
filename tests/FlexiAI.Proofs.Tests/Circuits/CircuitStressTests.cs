namespace FlexiAI.Tests.Circuits;

/// <summary>Real threads do everything at once; what must hold then is counted.</summary>
public class CircuitStressTests
{
    private const int Callers = 4;
    private const int Rounds = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task S1_to_S8_HoldOnRealThreads(int places)
    {
        var clock = new SteppedClock();
        var breaker = new CircuitBreaker("stressed", new() { FailureThreshold = 2, HalfOpenMaxCalls = places }, clock);
        var log = new TransitionLog(breaker);
        long admitted = 0, refused = 0, tooMany = 0, late = 0;
        var probes = new System.Collections.Concurrent.ConcurrentDictionary<long, int>();

        Threads.Together(Callers, caller =>
        {
            var random = new Random(caller);
            for (var i = 0; i < Rounds; i++)
            {
                if (!breaker.TryEnter(TimeSpan.FromDays(1), out var permit, out _))
                {
                    Interlocked.Increment(ref refused);
                    clock.Advance(TimeSpan.FromSeconds(1)); // In all less than a probe may take: none expires.
                    continue;
                }

                Interlocked.Increment(ref admitted);
                if (permit.IsProbe && probes.AddOrUpdate(permit.Era, 1, (_, out_) => out_ + 1) > places)
                {
                    Interlocked.Increment(ref tooMany);
                }

                var way = random.Next(40);
                if (permit.IsProbe && way is > 10 and < 20)
                {
                    // Its place is free for another only afterwards.
                    probes.AddOrUpdate(permit.Era, 0, (_, out_) => out_ - 1);
                    permit.Neutral();
                    continue;
                }

                switch (way)
                {
                    case < 15:
                        permit.Success();
                        break;
                    case 38:
                        breaker.Isolate();
                        breaker.Reset();
                        permit.Neutral();
                        break;
                    case 39:
                        permit.FirstContent().Failure(FailureKind.Network);
                        break;
                    default:
                        permit.Failure(FailureKind.Network);
                        break;
                }

                if (permit.IsProbe)
                {
                    // A second settlement is late, always.
                    permit.Success();
                    Interlocked.Increment(ref late);
                }
            }
        });

        breaker.Isolate();
        breaker.Reset();
        var status = breaker.GetStatus();
        var told = await log.UpTo(status.Era);
        Assert.Equal((Callers * (long)Rounds, refused, 0), (admitted + refused, status.Rejections, tooMany));
        Assert.True(status.LateResults >= late);
        Assert.Equal(status.Era - 1, told.Count);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.Equal((pair.First.To, pair.First.Era + 1), (pair.Second.From, pair.Second.Era)));
        Assert.Contains(told, transition => (transition.From, transition.To) == (CircuitState.HalfOpen, CircuitState.Closed));
        Assert.Contains(told, transition => (transition.From, transition.To) == (CircuitState.HalfOpen, CircuitState.Open));
    }
}

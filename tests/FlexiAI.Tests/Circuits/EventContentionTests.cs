namespace FlexiAI.Tests.Circuits;

/// <summary>The order of events when many real threads make them.</summary>
public class EventContentionTests
{
    [Fact]
    public async Task U2_ATransitionThatArrivesAsTheDrainEnds_IsNotLeftBehind()
    {
        var circuit = new CircuitUnderTest();
        var told = 1L;
        circuit.Breaker.Changed += (_, transition) => Volatile.Write(ref told, transition.Era);

        // Each change follows hard on the heels of the last handler, when the drain is about to find nothing more.
        for (var era = 2L; era < 10_000; era++)
        {
            if (era % 2 == 0)
            {
                circuit.Breaker.Isolate();
            }
            else
            {
                circuit.Breaker.Reset();
            }

            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref told) == era, TimeSpan.FromSeconds(60)));
        }

        Assert.Equal(9_998, (await circuit.Log.UpTo(9_999)).Count);
    }

    [Fact]
    public async Task U2_UnderContention_HandlersSeeEveryTransitionOnceInEraOrder()
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = 1 });

        Threads.Together(8, i =>
        {
            for (var n = 0; n < 500; n++)
            {
                Work(circuit, i + n);
            }
        });

        circuit.Breaker.Isolate();
        var last = circuit.Status.Era;
        var seen = await circuit.Log.UpTo(last);
        Assert.Equal(Enumerable.Range(2, (int)last - 1).Select(era => (long)era), seen.Select(transition => transition.Era));
        Assert.All(seen.Skip(1).Zip(seen), pair => Assert.Equal(pair.Second.To, pair.First.From));
        Assert.All(seen, transition => Assert.Contains((transition.From, transition.To), Arrows));
    }

    private static readonly (CircuitState, CircuitState)[] Arrows =
    [
        (CircuitState.Closed, CircuitState.Open), (CircuitState.Open, CircuitState.HalfOpen),
        (CircuitState.HalfOpen, CircuitState.Open), (CircuitState.HalfOpen, CircuitState.Closed),
        (CircuitState.Closed, CircuitState.Isolated), (CircuitState.Open, CircuitState.Isolated), (CircuitState.HalfOpen, CircuitState.Isolated),
        (CircuitState.Isolated, CircuitState.Closed), (CircuitState.Open, CircuitState.Closed),
    ];

    private static void Work(CircuitUnderTest circuit, int n)
    {
        switch (n % 7)
        {
            case 0:
                circuit.Breaker.Isolate();
                break;
            case 1:
                circuit.Breaker.Reset();
                break;
            case 2:
                circuit.Clock.Advance(circuit.RecoveryTimeout);
                break;
            default:
                if (circuit.Breaker.TryEnter(out var permit))
                {
                    if (n % 2 == 0)
                    {
                        permit.Failure();
                    }
                    else
                    {
                        permit.FirstContent().Success();
                    }
                }

                break;
        }
    }
}

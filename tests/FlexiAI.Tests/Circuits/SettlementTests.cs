namespace FlexiAI.Tests.Circuits;

/// <summary>Results that come late, twice or in another order.</summary>
public class SettlementTests
{
    private static readonly Action<CircuitPermit>[] Ways =
        [permit => permit.Success(), permit => permit.Failure(), permit => permit.Neutral(), permit => permit.FirstContent().Failure()];

    public static TheoryData<int> AllWays() => [.. Enumerable.Range(0, Ways.Length)];

    [Fact]
    public void S6_LateSuccessOfAnOlderEra_ChangesNothing()
    {
        var circuit = new CircuitUnderTest();
        var late = circuit.Enter();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        circuit.Enter();
        var before = circuit.Status;

        late.Success();

        Assert.Equal(before with { LateResults = 1 }, circuit.Status);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void S6_APermitOfAnOlderEra_ChangesNothingInAnyState(int way)
    {
        foreach (var state in Enum.GetValues<CircuitState>())
        {
            var circuit = new CircuitUnderTest();
            var ofClosed = circuit.Enter();
            circuit.Trip();
            circuit.Clock.Advance(circuit.RecoveryTimeout);
            var ofHalfOpen = circuit.Enter();
            circuit.Enter2ndEraOf(state, ofHalfOpen);
            circuit.Clock.Advance(TimeSpan.FromSeconds(1));
            var before = circuit.Status;
            Assert.Equal(state, before.State);

            Ways[way](ofClosed);
            Assert.Equal(before with { LateResults = circuit.Status.LateResults }, circuit.Status);
            Assert.Equal(before.LateResults + 1, circuit.Status.LateResults);

            if (state != CircuitState.HalfOpen)
            {
                Ways[way](ofHalfOpen);
                Assert.Equal(before with { LateResults = before.LateResults + 2 }, circuit.Status);
            }
        }
    }

    [Fact]
    public void S6_EveryPairOfSettlementsOfOneProbe_OnlyTheFirstActs()
    {
        foreach (var (first, second) in from a in Ways from b in Ways select (a, b))
        {
            var (circuit, probe) = CircuitUnderTest.HalfOpen(3);
            first(probe);
            var before = circuit.Status;

            second(probe);

            Assert.Equal(before with { LateResults = before.LateResults + 1 }, circuit.Status);
        }
    }

    [Fact]
    public void S6_PermutingLateResults_ChangesNothing()
    {
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, HalfOpenMaxCalls = 2 });
            var late = new[] { circuit.Enter(), circuit.Enter(), circuit.Enter() };
            circuit.Trip();
            circuit.Clock.Advance(circuit.RecoveryTimeout);
            circuit.Enter();
            var before = circuit.Status;

            foreach (var i in order)
            {
                Ways[i](late[i]);
            }

            Assert.Equal(before with { LateResults = 3 }, circuit.Status);
            Assert.True(circuit.Enter().IsProbe);
            circuit.MeetRefusal();
        }
    }

    [Fact]
    public void LateResultsDoNotReturnPermitsTheyNeverTook()
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, HalfOpenMaxCalls = 3 });
        var late = Enumerable.Range(0, 20).Select(_ => circuit.Enter()).ToList();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        var admitted = 0;
        foreach (var permit in late)
        {
            permit.Neutral();
            permit.Success();
            admitted += circuit.Breaker.TryEnter(out _) ? 1 : 0;
        }

        Assert.Equal(3, admitted);
    }

    [Fact]
    public void A_late_failure_with_a_named_time_changes_nothing()
    {
        var circuit = new CircuitUnderTest();
        var late = circuit.Enter();
        circuit.Trip();

        late.Failure(FailureKind.RateLimited, TimeSpan.FromMinutes(5));

        Assert.Equal(circuit.RecoveryTimeout, circuit.Status.RetryAfter);
    }
}

file static class Steps
{
    public static void Enter2ndEraOf(this CircuitUnderTest circuit, CircuitState state, CircuitPermit probe)
    {
        switch (state)
        {
            case CircuitState.Closed:
                probe.Success();
                circuit.Fail();
                break;
            case CircuitState.Open:
                probe.Failure();
                break;
            case CircuitState.Isolated:
                circuit.Breaker.Isolate();
                break;
            default:
                break;
        }
    }
}

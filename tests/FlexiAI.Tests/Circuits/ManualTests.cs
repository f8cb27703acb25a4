namespace FlexiAI.Tests.Circuits;

public class ManualTests
{
    [Theory]
    [InlineData(CircuitState.Closed)]
    [InlineData(CircuitState.Open)]
    [InlineData(CircuitState.HalfOpen)]
    public async Task S8_Isolated_IsLeftOnlyByHand(CircuitState from)
    {
        var circuit = In(from, out var permit);
        circuit.Breaker.Isolate();
        var isolated = circuit.Status;
        Assert.Equal((CircuitState.Isolated, null), (isolated.State, isolated.RetryAfter));

        circuit.Breaker.Isolate();
        permit.Success();
        permit.Failure();
        permit.Neutral();
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(1));
        circuit.Clock.Advance(TimeSpan.FromDays(300));
        Assert.Equal(new(CircuitRefusalReason.Isolated, null), circuit.MeetRefusal());
        Assert.Equal(isolated with { Rejections = circuit.Status.Rejections, LateResults = circuit.Status.LateResults }, circuit.Status);

        circuit.Breaker.Reset();
        Assert.Equal((CircuitState.Closed, isolated.Era + 1, 0), (circuit.State, circuit.Status.Era, circuit.Status.FailureCount));
        Assert.False(circuit.Enter().IsProbe);
        var events = (await circuit.Log.UpTo(isolated.Era + 1)).TakeLast(2);
        Assert.Equal(
            [
                new("primary", from, CircuitState.Isolated, isolated.Era, CircuitTransitionCause.Manual, null, null),
                new("primary", CircuitState.Isolated, CircuitState.Closed, isolated.Era + 1, CircuitTransitionCause.Manual, null, null),
            ],
            events);
    }

    [Theory]
    [InlineData(CircuitState.Open)]
    [InlineData(CircuitState.HalfOpen)]
    public void Reset_closes_and_forgets(CircuitState from)
    {
        var circuit = In(from, out var permit);
        circuit.Breaker.Throttle(TimeSpan.FromMinutes(9));
        var era = circuit.Status.Era;

        circuit.Breaker.Reset();

        Assert.Equal((CircuitState.Closed, era + 1, 0, TimeSpan.Zero), (circuit.State, circuit.Status.Era, circuit.Status.FailureCount, circuit.Status.RetryAfter));
        permit.Failure();
        Assert.Equal(0, circuit.Status.FailureCount);
    }

    [Fact]
    public async Task Reset_of_a_closed_circuit_clears_the_count_without_a_transition()
    {
        var circuit = In(CircuitState.Closed, out var permit);
        circuit.Succeed(3);
        circuit.Fail(2);
        circuit.Breaker.Throttle(TimeSpan.FromMinutes(1));

        circuit.Breaker.Reset();

        Assert.Equal((1L, 0, 0L, false), (circuit.Status.Era, circuit.Status.FailureCount, circuit.Status.SuccessCount, circuit.Status.Throttled));

        // A call in flight is still one of this era.
        permit.Failure();
        Assert.Equal(1, circuit.Status.FailureCount);
        circuit.Breaker.Isolate();
        Assert.Equal(CircuitState.Isolated, Assert.Single(await circuit.Log.UpTo(2)).To);
    }

    private static CircuitUnderTest In(CircuitState state, out CircuitPermit permit)
    {
        if (state == CircuitState.HalfOpen)
        {
            var (circuit, probe) = CircuitUnderTest.HalfOpen();
            permit = probe;
            return circuit;
        }

        var other = new CircuitUnderTest();
        permit = other.Enter();
        if (state == CircuitState.Open)
        {
            other.Trip();
        }

        return other;
    }
}

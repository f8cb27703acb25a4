namespace FlexiAI.Tests.Circuits;

/// <summary>What a circuit becomes when the others that share it decided something.</summary>
public class AdoptionTests
{
    [Theory]
    [InlineData(CircuitState.Closed, 0)]
    [InlineData(CircuitState.Open, 7)]
    [InlineData(CircuitState.HalfOpen, 0)]
    [InlineData(CircuitState.Isolated, null)]
    public async Task Their_state_is_taken_over_in_a_new_era_and_calls_of_the_one_before_are_late(CircuitState state, int? seconds)
    {
        var circuit = new CircuitUnderTest();
        circuit.Enter().Success();
        circuit.Fail(2);
        var late = circuit.Enter();
        var before = circuit.Status;

        circuit.Breaker.Adopt(state, TimeSpan.FromSeconds(7), 1);

        var retryAfter = seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null;
        var after = circuit.Status;
        Assert.Equal((state, before.Era + 1, retryAfter, 0L), (after.State, after.Era, after.RetryAfter, after.SuccessCount));
        late.Failure();
        Assert.Equal(after with { LateResults = 1 }, circuit.Status);
        var told = Assert.Single(await circuit.Log.UpTo(after.Era));
        Assert.Equal(
            (CircuitState.Closed, state, CircuitTransitionCause.Remote, state == CircuitState.Open ? retryAfter : null),
            (told.From, told.To, told.Cause, told.RetryAfter));
    }

    [Fact]
    public void How_often_it_opened_decides_how_long_the_next_break_is_and_closed_it_begins_anew()
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(1), RecoveryBackoffFactor = 2 };
        var circuit = new CircuitUnderTest(options);

        circuit.Breaker.Adopt(CircuitState.HalfOpen, TimeSpan.Zero, 3);
        circuit.Enter().Failure();
        Assert.Equal(TimeSpan.FromSeconds(8), circuit.Status.RetryAfter);

        circuit.Breaker.Adopt(CircuitState.Closed, TimeSpan.Zero, 3);
        circuit.Trip();
        Assert.Equal(TimeSpan.FromSeconds(1), circuit.Status.RetryAfter);

        circuit.Breaker.Adopt(CircuitState.Open, TimeSpan.Zero, 2);
        circuit.Enter().Failure();
        Assert.Equal(TimeSpan.FromSeconds(4), circuit.Status.RetryAfter);
    }

    [Fact]
    public void A_time_that_the_provider_named_here_is_kept()
    {
        var circuit = new CircuitUnderTest();
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(10));

        circuit.Breaker.Adopt(CircuitState.Open, TimeSpan.FromSeconds(5), 1);
        Assert.Equal(TimeSpan.FromSeconds(10), circuit.Status.RetryAfter);
        circuit.Breaker.Align(TimeSpan.FromSeconds(6), 1);
        Assert.Equal(TimeSpan.FromSeconds(10), circuit.Status.RetryAfter);

        circuit.Breaker.Adopt(CircuitState.Closed, TimeSpan.Zero, 0);
        Assert.Equal(CircuitRefusalReason.Throttled, circuit.MeetRefusal().Reason);
    }

    [Fact]
    public void Closed_it_admits_whatever_is_told_to_remain()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();

        circuit.Breaker.Adopt(CircuitState.Closed, TimeSpan.FromSeconds(5), 0);

        Assert.Equal((CircuitState.Closed, TimeSpan.Zero), (circuit.State, circuit.Status.RetryAfter));
        Assert.False(circuit.Enter().IsProbe);
    }

    [Theory]
    [InlineData(-3, -3)]
    [InlineData(-2, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3)]
    public void An_open_circuit_goes_by_their_time_unless_it_is_the_same_but_for_what_the_telling_took(int told, int expected)
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();
        var before = circuit.Status;

        circuit.Breaker.Align(circuit.RecoveryTimeout + TimeSpan.FromMilliseconds(told), 1);

        Assert.Equal(before with { RetryAfter = circuit.RecoveryTimeout + TimeSpan.FromMilliseconds(expected) }, circuit.Status);
    }

    [Fact]
    public void An_open_circuit_goes_by_how_often_theirs_opened()
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(1), RecoveryBackoffFactor = 2 };
        var circuit = new CircuitUnderTest(options);
        circuit.Trip();

        circuit.Breaker.Align(TimeSpan.FromSeconds(1), 4);
        circuit.Clock.Advance(TimeSpan.FromSeconds(1));
        circuit.Enter().Failure();

        Assert.Equal(TimeSpan.FromSeconds(16), circuit.Status.RetryAfter);
    }

    [Fact]
    public void A_circuit_that_is_not_open_has_no_time_to_go_by()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var before = circuit.Status;

        circuit.Breaker.Align(TimeSpan.FromSeconds(9), 4);
        Assert.Equal(before, circuit.Status);
        probe.Success();
        before = circuit.Status;
        circuit.Breaker.Align(TimeSpan.FromSeconds(9), 4);
        Assert.Equal(before, circuit.Status);
    }
}

namespace FlexiAI.Tests.Circuits;

public class ThrottleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CircuitUnderTest _circuit = new();

    [Fact]
    public void A_throttled_closed_circuit_refuses_until_the_named_time_and_then_is_as_before()
    {
        _circuit.Fail();
        _circuit.Breaker.Throttle(Second * 30);

        Assert.Equal((CircuitState.Closed, true, Second * 30), (_circuit.State, _circuit.Status.Throttled, _circuit.Status.RetryAfter));
        Assert.Equal(new(CircuitRefusalReason.Throttled, Second * 30), _circuit.MeetRefusal());
        _circuit.Clock.Advance((Second * 30) - CircuitUnderTest.Tick);
        Assert.Equal(new(CircuitRefusalReason.Throttled, CircuitUnderTest.Tick), _circuit.MeetRefusal());

        _circuit.Clock.Advance(CircuitUnderTest.Tick);
        Assert.False(_circuit.Status.Throttled);
        Assert.False(_circuit.Enter().IsProbe);
        Assert.Equal((CircuitState.Closed, 1L, 1), (_circuit.State, _circuit.Status.Era, _circuit.Status.FailureCount));
        var reads = _circuit.Clock.Reads;
        _circuit.Enter();
        Assert.Equal(reads, _circuit.Clock.Reads);
    }

    [Fact]
    public void Trap13_AShorterHint_NeverShortensALongerBreak()
    {
        _circuit.Breaker.Throttle(Second * 90);
        _circuit.Breaker.Throttle(Second * 10);
        Assert.Equal(Second * 90, _circuit.Status.RetryAfter);

        _circuit.Trip(throttled: Second * 90);
        _circuit.Breaker.Throttle(Second * 100);
        _circuit.Breaker.Throttle(Second * 5);
        Assert.Equal(Second * 100, _circuit.Status.RetryAfter);
    }

    [Fact]
    public void A_longer_hint_lengthens()
    {
        _circuit.Breaker.Throttle(Second * 10);
        _circuit.Breaker.Throttle(Second * 20);

        Assert.Equal(Second * 20, _circuit.Status.RetryAfter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Zero_and_less_change_nothing(long ticks)
    {
        _circuit.Breaker.Throttle(TimeSpan.FromTicks(ticks));

        Assert.False(_circuit.Status.Throttled);
        _circuit.Enter();
    }

    [Fact]
    public void A_named_time_is_cut_to_MaxRetryAfter_in_both_ways_to_name_it()
    {
        _circuit.Breaker.Throttle(TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.FromMinutes(10), _circuit.Status.RetryAfter);

        var other = new CircuitUnderTest(new() { FailureThreshold = 1, MaxRetryAfter = Second * 100 });
        other.Fail(retryAfter: TimeSpan.FromDays(400));
        Assert.Equal(Second * 100, other.Status.RetryAfter);
    }

    [Fact]
    public void S9_TheDeadline_IsRaisedByRetryAfterAndNeverFalls()
    {
        _circuit.Trip();
        var deadline = TimeSpan.Zero;
        var passed = TimeSpan.Zero;
        foreach (var hint in new[] { 5, 70, 30, 65, 0, 90, 1 })
        {
            _circuit.Breaker.Throttle(Second * hint);
            var now = passed + _circuit.Status.RetryAfter!.Value;
            Assert.True(now >= deadline);
            deadline = now;
            _circuit.Clock.Advance(Second);
            passed += Second;
        }

        Assert.Equal(Second * 95, deadline);
        Assert.Equal(2, _circuit.Status.Era);
    }

    [Fact]
    public void A_failure_that_names_a_time_below_the_threshold_throttles()
    {
        _circuit.Fail(kind: FailureKind.RateLimited, retryAfter: Second * 7);

        Assert.Equal((CircuitState.Closed, 1), (_circuit.State, _circuit.Status.FailureCount));
        Assert.Equal(new(CircuitRefusalReason.Throttled, Second * 7), _circuit.MeetRefusal());
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(30, 60)]
    public void The_break_is_never_shorter_than_the_time_the_failure_named(int named, int expected)
    {
        _circuit.Fail(2);
        _circuit.Fail(retryAfter: Second * named);
        Assert.Equal((CircuitState.Open, Second * expected), (_circuit.State, _circuit.Status.RetryAfter));

        var (halfOpen, probe) = CircuitUnderTest.HalfOpen();
        probe.Failure(FailureKind.RateLimited, Second * named);
        Assert.Equal((CircuitState.Open, Second * expected), (halfOpen.State, halfOpen.Status.RetryAfter));
    }

    [Fact]
    public void A_throttled_half_open_circuit_admits_no_probe_and_takes_the_result_of_the_one_that_is_out()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        circuit.Breaker.Throttle(Second * 5);

        Assert.Equal(new(CircuitRefusalReason.Throttled, Second * 5), circuit.MeetRefusal());
        probe.Success();
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Clock.Advance(Second * 5);
        circuit.Enter().Success();
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public void A_time_named_while_a_probe_was_out_still_holds_when_it_closes_the_circuit()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        circuit.Breaker.Throttle(Second * 5);

        probe.Success();

        Assert.Equal(CircuitState.Closed, circuit.State);
        Assert.Equal(CircuitRefusalReason.Throttled, circuit.MeetRefusal().Reason);
    }

    [Fact]
    public void S10_RetryAfterOfAThrottledHalfOpenCircuit_LooksAheadToTheProbesLostByThen()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen();
        circuit.Breaker.Throttle(CircuitUnderTest.ProbeTimeout + Second);

        // Lost in 20 s, and then open for 60 s more.
        Assert.Equal(CircuitUnderTest.ProbeTimeout + circuit.RecoveryTimeout, circuit.Status.RetryAfter);
        circuit.Clock.Advance(circuit.MeetRefusal().RetryAfter!.Value);
        circuit.Enter();
    }

    [Fact]
    public void An_isolated_circuit_keeps_a_named_time_for_itself_and_a_reset_forgets_it()
    {
        _circuit.Breaker.Isolate();
        _circuit.Breaker.Throttle(Second * 30);
        Assert.Equal(new(CircuitRefusalReason.Isolated, null), _circuit.MeetRefusal());

        _circuit.Breaker.Reset();

        Assert.False(_circuit.Status.Throttled);
        _circuit.Enter();
    }
}

file static class Steps
{
    public static void Trip(this CircuitUnderTest circuit, TimeSpan throttled)
    {
        circuit.Clock.Advance(throttled);
        circuit.Trip();
    }
}

namespace FlexiAI.Tests.Circuits;

public class ProbeExpiryTests
{
    private static readonly TimeSpan ProbeTimeout = CircuitUnderTest.ProbeTimeout;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_probe_that_never_settles_gives_its_place_back_when_its_time_is_over()
    {
        var (circuit, lost) = CircuitUnderTest.HalfOpen(2);
        circuit.Clock.Advance(Second);
        var alive = circuit.Enter();
        circuit.Clock.Advance(ProbeTimeout - Second - CircuitUnderTest.Tick);
        circuit.MeetRefusal();

        circuit.Clock.Advance(CircuitUnderTest.Tick);
        var another = circuit.Enter();

        Assert.Equal((CircuitState.HalfOpen, 3L), (circuit.State, circuit.Status.Era));
        circuit.MeetRefusal();
        lost.Success();
        Assert.Equal(1, circuit.Status.LateResults);
        alive.Success();
        another.Success();
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task When_every_place_of_an_era_is_lost_the_circuit_is_open_again_from_the_moment_of_the_loss()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen(2);
        circuit.Clock.Advance(Second);
        circuit.Enter();
        circuit.Clock.Advance(ProbeTimeout + (Second * 4));

        // The last place was lost four seconds ago.
        var left = circuit.RecoveryTimeout - (Second * 4);
        Assert.Equal((CircuitState.Open, 4L, left), (circuit.State, circuit.Status.Era, circuit.Status.RetryAfter));
        Assert.Equal(new(CircuitRefusalReason.Open, left), circuit.MeetRefusal());

        circuit.Clock.Advance(left - CircuitUnderTest.Tick);
        circuit.MeetRefusal();
        circuit.Clock.Advance(CircuitUnderTest.Tick);
        Assert.True(circuit.Enter().IsProbe);
        var lost = (await circuit.Log.UpTo(5)).Single(transition => transition.Era == 4);
        Assert.Equal(new("primary", CircuitState.HalfOpen, CircuitState.Open, 4, CircuitTransitionCause.Probe, left, null), lost);
    }

    [Fact]
    public async Task A_break_that_nobody_noticed_is_over_when_the_next_call_comes_late_enough()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen();
        circuit.Clock.Advance(ProbeTimeout + circuit.RecoveryTimeout);

        Assert.Equal((CircuitState.Open, TimeSpan.Zero), (circuit.State, circuit.Status.RetryAfter));
        Assert.Equal(5, circuit.Enter().Era);

        Assert.Equal(
            [CircuitState.Open, CircuitState.HalfOpen, CircuitState.Open, CircuitState.HalfOpen],
            (await circuit.Log.UpTo(5)).Select(transition => transition.To));
    }

    [Fact]
    public void The_loss_that_took_the_last_place_dates_the_break_however_late_it_is_noticed()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen(3);
        circuit.Clock.Advance(ProbeTimeout);
        circuit.Enter();                          // in the place of the lost first one
        circuit.Clock.Advance(Second);
        circuit.Enter();
        circuit.Clock.Advance(Second);
        circuit.Enter();                          // lost only after the third loss
        circuit.Clock.Advance(ProbeTimeout - Second);
        Assert.Equal((CircuitState.Open, circuit.RecoveryTimeout), (circuit.State, circuit.Status.RetryAfter));

        circuit.Clock.Advance(Second * 5);

        Assert.Equal(circuit.RecoveryTimeout - (Second * 5), circuit.Status.RetryAfter);
        Assert.Equal(circuit.RecoveryTimeout - (Second * 5), circuit.MeetRefusal().RetryAfter);
    }

    [Fact]
    public void A_success_after_the_era_was_lost_is_late_even_if_its_own_probe_had_time_left()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen(2);
        Assert.True(circuit.Breaker.TryEnter(TimeSpan.FromHours(1), out var slow, out _));
        circuit.Clock.Advance(ProbeTimeout);
        circuit.Enter();
        circuit.Clock.Advance(ProbeTimeout);

        slow.Success();

        Assert.Equal((CircuitState.Open, 1L, 0L), (circuit.State, circuit.Status.LateResults, circuit.Status.SuccessCount));
    }

    [Fact]
    public void A_lost_era_takes_the_successes_of_its_probes_with_it()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        probe.Success();
        for (var i = 0; i < 2; i++)
        {
            circuit.Enter();
            circuit.Clock.Advance(ProbeTimeout);
        }

        Assert.Equal((CircuitState.Open, 0L), (circuit.State, circuit.Status.SuccessCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hand_that_comes_after_the_loss_moves_the_circuit_on_from_open(bool isolate)
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen();
        circuit.Clock.Advance(ProbeTimeout);
        if (isolate)
        {
            circuit.Breaker.Isolate();
        }
        else
        {
            circuit.Breaker.Reset();
        }

        var last = (await circuit.Log.UpTo(5))[^1];
        Assert.Equal((CircuitState.Open, isolate ? CircuitState.Isolated : CircuitState.Closed), (last.From, last.To));
    }

    [Fact]
    public void Without_a_time_of_its_own_a_probe_has_two_minutes()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        probe.Neutral();
        Assert.True(circuit.Breaker.TryEnter(out _));

        circuit.Clock.Advance(TimeSpan.FromMinutes(2) - CircuitUnderTest.Tick);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Clock.Advance(CircuitUnderTest.Tick);
        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public void A_probe_time_out_of_range_is_refused_in_every_state_and_not_only_in_an_outage()
    {
        var circuit = new CircuitUnderTest();

        foreach (var bad in new[] { TimeSpan.Zero, -Second, TimeSpan.FromDays(1) + CircuitUnderTest.Tick })
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => circuit.Breaker.TryEnter(bad, out _, out _));
            Assert.Equal("probeTimeout", thrown.ParamName);
            Assert.StartsWith("A probe's time is above zero and at most one day.", thrown.Message, StringComparison.Ordinal);
        }

        Assert.True(circuit.Breaker.TryEnter(TimeSpan.FromDays(1), out _, out _));
        Assert.True(circuit.Breaker.TryEnter(CircuitUnderTest.Tick, out _, out _));
    }
}

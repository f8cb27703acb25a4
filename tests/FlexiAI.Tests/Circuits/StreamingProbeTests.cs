namespace FlexiAI.Tests.Circuits;

public class StreamingProbeTests
{
    [Fact]
    public void The_first_content_of_a_probe_closes_the_circuit_and_counts_one_success_in_all()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();

        var rest = probe.FirstContent();

        Assert.Equal((CircuitState.Closed, 4L, 1L), (circuit.State, rest.Era, circuit.Status.SuccessCount));
        Assert.True(rest.IsProbe);
        rest.Success();
        Assert.Equal((0L, 1L), (circuit.Status.LateResults, circuit.Status.SuccessCount));
    }

    [Fact]
    public void A_stream_that_closed_the_circuit_and_then_dies_is_one_failure_of_the_closed_era()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var rest = probe.FirstContent();

        rest.Failure(FailureKind.Network);

        Assert.Equal((CircuitState.Closed, 1, 0L), (circuit.State, circuit.Status.FailureCount, circuit.Status.SuccessCount));
        rest.Failure(FailureKind.Network);
        Assert.Equal((1, 1L), (circuit.Status.FailureCount, circuit.Status.LateResults));
    }

    [Fact]
    public void A_stream_that_closed_the_circuit_may_be_the_failure_that_opens_it()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var rest = probe.FirstContent();
        circuit.Fail(2);

        rest.Failure();

        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("neutral")]
    [InlineData("uncounted")]
    public void The_rest_of_a_stream_that_ends_well_changes_nothing_and_cannot_fail_afterwards(string way)
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        var rest = probe.FirstContent();
        var before = circuit.Status;
        Assert.Equal((CircuitState.HalfOpen, 1L), (before.State, before.SuccessCount));

        Settle(rest, way);
        Assert.Equal(before, circuit.Status);

        rest.Failure();
        Assert.Equal(before with { LateResults = 1 }, circuit.Status);
    }

    [Fact]
    public void A_later_failure_in_the_same_half_open_era_re_opens()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        var rest = probe.FirstContent();
        var second = circuit.Enter();

        rest.Failure(FailureKind.InvalidResponse);

        Assert.Equal((CircuitState.Open, FailureKind.InvalidResponse), (circuit.State, circuit.Status.LastFailureKind));
        second.Success();
        Assert.Equal((CircuitState.Open, 1L), (circuit.State, circuit.Status.LateResults));
    }

    [Fact]
    public void A_stream_from_before_another_probe_closed_the_circuit_is_of_an_older_era()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        var rest = probe.FirstContent();
        circuit.Enter().FirstContent();
        Assert.Equal(CircuitState.Closed, circuit.State);

        rest.Failure();

        Assert.Equal((0, 1L), (circuit.Status.FailureCount, circuit.Status.LateResults));
    }

    [Fact]
    public void First_content_of_a_lost_probe_gives_no_power_over_the_circuit()
    {
        var (circuit, lost) = CircuitUnderTest.HalfOpen(2);
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout);
        circuit.Succeed();

        var rest = lost.FirstContent();
        rest.Failure();

        Assert.Equal(default, rest);
        Assert.Equal((CircuitState.HalfOpen, 1L), (circuit.State, circuit.Status.LateResults));
    }

    [Fact]
    public void First_content_after_others_closed_the_circuit_gives_no_power_over_it()
    {
        var (circuit, lost) = CircuitUnderTest.HalfOpen(2);
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout);
        circuit.Succeed(2);

        lost.FirstContent().Failure();
        Assert.Equal((CircuitState.Closed, 0, 1L), (circuit.State, circuit.Status.FailureCount, circuit.Status.LateResults));

        var (other, probe) = CircuitUnderTest.HalfOpen();
        other.Breaker.Reset();
        probe.FirstContent().Failure();
        Assert.Equal((CircuitState.Closed, 0, 1L), (other.State, other.Status.FailureCount, other.Status.LateResults));
    }

    [Fact]
    public void A_closed_circuits_stream_is_settled_at_its_end_alone()
    {
        var circuit = new CircuitUnderTest();
        var permit = circuit.Enter();

        var rest = permit.FirstContent();

        Assert.Equal(permit, rest);
        Assert.Equal(0, circuit.Status.SuccessCount);
        rest.Failure();
        Assert.Equal(1, circuit.Status.FailureCount);
    }

    [Fact]
    public void A_stream_whose_probe_time_is_over_after_its_first_content_is_not_lost()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        var rest = probe.FirstContent();
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout * 3);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);

        Assert.Equal(rest, rest.FirstContent());
        rest.Failure();

        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public void A_reset_of_a_closed_circuit_leaves_the_stream_its_say()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var rest = probe.FirstContent();

        circuit.Breaker.Reset();
        rest.Failure();

        Assert.Equal(1, circuit.Status.FailureCount);
    }

    private static void Settle(CircuitPermit permit, string way)
    {
        switch (way)
        {
            case "success":
                permit.Success();
                break;
            case "neutral":
                permit.Neutral();
                break;
            default:
                permit.Failure(FailureKind.ContentFiltered);
                break;
        }
    }
}

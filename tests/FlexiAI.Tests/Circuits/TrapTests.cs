namespace FlexiAI.Tests.Circuits;

/// <summary>Mistakes that other breakers made. Trap 6 is among the tests of contention, 13 and 24 among those of throttling and events.</summary>
public class TrapTests
{
    [Theory]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.ContentFiltered)]
    [InlineData(FailureKind.ContextTooLong)]
    public void Trap01_ABuggyCallersRequests_DoNotOpenAHealthyProvider(FailureKind kind)
    {
        var circuit = new CircuitUnderTest();

        circuit.Fail(1_000, kind);

        Assert.Equal((CircuitState.Closed, 0), (circuit.State, circuit.Status.FailureCount));
    }

    [Theory]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.Authentication)]
    public void Trap02_A400ThatIsNotTheCallers_Counts(FailureKind kind)
    {
        var circuit = new CircuitUnderTest();

        circuit.Fail(3, kind);

        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public void Trap03_ACancelledCall_IsNeitherSuccessNorFailureAndReturnsItsProbesPlace()
    {
        var closed = new CircuitUnderTest();
        closed.Fail(2);
        closed.Fail(kind: FailureKind.Cancelled);
        Assert.Equal((CircuitState.Closed, 2), (closed.State, closed.Status.FailureCount));

        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        probe.Failure(FailureKind.Cancelled);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Enter();
    }

    [Fact]
    public void Trap07_ASuccessFromBeforeTheTrip_DoesNotCloseWhileTheProbeIsOut()
    {
        var circuit = new CircuitUnderTest();
        var early = circuit.Enter();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        var probe = circuit.Enter();

        early.Success();

        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.MeetRefusal();
        probe.Failure();
        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public void Trap08_ACancelledNeutralOrDeadProbe_DoesNotLeaveTheCircuitHalfOpenForEver()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        probe.Failure(FailureKind.Cancelled);
        circuit.Enter().Neutral();
        circuit.Enter();
        circuit.MeetRefusal();

        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout + circuit.RecoveryTimeout);

        circuit.Enter().Success();
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public void Trap10_AnOpenCircuitThatNobodyCalled_AdmitsTheFirstCallAfterItsTime()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();

        circuit.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(TimeSpan.Zero, circuit.Status.RetryAfter);
        Assert.True(circuit.Enter().IsProbe);
    }

    [Fact]
    public void Trap11_AnOpenCircuitWhoseTimeIsOver_SaysThatItAdmitsNow()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);

        var status = circuit.Status;

        Assert.Equal((CircuitState.Open, TimeSpan.Zero), (status.State, status.RetryAfter));
    }

    [Fact]
    public async Task A_throwing_callback_on_the_probe_does_not_leave_the_circuit_half_open()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        circuit.Breaker.Changed += (_, _) => throw new InvalidOperationException("callback");

        probe.Failure();

        Assert.Equal(CircuitState.Open, circuit.State);
        await circuit.Log.UpTo(4);
    }

    [Fact]
    public void By_default_a_5xx_counts()
    {
        var circuit = new CircuitUnderTest();

        circuit.Fail(3, FailureKind.ServerError);

        Assert.Equal(CircuitState.Open, circuit.State);
    }
}

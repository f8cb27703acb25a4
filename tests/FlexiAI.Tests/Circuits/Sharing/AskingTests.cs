namespace FlexiAI.Tests.Circuits;

/// <summary>When the others that share a circuit are asked before a call.</summary>
public class AskingTests
{
    private static readonly CircuitRefusal Refusal = new(CircuitRefusalReason.Open, TimeSpan.FromSeconds(7));

    [Fact]
    public void Nobody_is_asked_of_a_call_that_is_no_probe_or_cannot_be_one()
    {
        var circuit = new CircuitUnderTest();
        var peer = RecordingPeer.Of(circuit);
        peer.GrantsProbes = true;

        circuit.Enter().Success();
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(5));
        Assert.Equal(CircuitRefusalReason.Throttled, circuit.MeetRefusal().Reason);
        circuit.Clock.Advance(TimeSpan.FromSeconds(5));
        circuit.Enter().Success();
        circuit.Trip();
        Assert.Equal(CircuitRefusalReason.Open, circuit.MeetRefusal().Reason);
        circuit.Breaker.Isolate();
        Assert.Equal(CircuitRefusalReason.Isolated, circuit.MeetRefusal().Reason);

        Assert.Empty(peer.Asked);
    }

    [Fact]
    public void A_call_for_which_the_others_have_to_be_waited_for_changes_nothing_and_counts_as_no_refusal()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        var peer = RecordingPeer.Of(circuit);
        peer.GrantsProbes = true;
        var before = circuit.Status;

        var refusal = circuit.MeetRefusal();

        Assert.Equal(new CircuitRefusal(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero) { NeedsLease = true }, refusal);
        Assert.Equal([CircuitUnderTest.ProbeTimeout], peer.Asked);
        Assert.Equal(before, circuit.Status);
        circuit.Breaker.RefuseProbe();
        Assert.Equal(before with { Rejections = before.Rejections + 1 }, circuit.Status);
    }

    [Fact]
    public void What_is_answered_at_once_is_the_answer()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        var peer = RecordingPeer.Of(circuit);
        peer.GrantsProbes = true;

        peer.Entry = new CircuitEntry(false, default, Refusal);
        Assert.Equal(Refusal, circuit.MeetRefusal());

        Assert.True(circuit.Breaker.TryEnterWithLease(CircuitUnderTest.ProbeTimeout, out var permit, out _));
        peer.Entry = new CircuitEntry(true, permit, default);
        circuit.Breaker.Reset();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        Assert.Equal(permit, circuit.Enter());
    }

    [Fact]
    public void With_leave_of_the_others_a_probe_is_let_through_as_far_as_there_is_room()
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen(2);
        var peer = RecordingPeer.Of(circuit);
        peer.GrantsProbes = true;

        Assert.True(circuit.MeetRefusal().NeedsLease);
        Assert.True(circuit.Breaker.TryEnterWithLease(CircuitUnderTest.ProbeTimeout, out var second, out _));
        Assert.True(second.IsProbe);
        Assert.False(circuit.Breaker.TryEnterWithLease(CircuitUnderTest.ProbeTimeout, out _, out var refusal));
        Assert.Equal(new CircuitRefusal(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero), refusal);

        // Where there is no room here, nobody is asked.
        Assert.False(circuit.MeetRefusal().NeedsLease);
        Assert.Single(peer.Asked);
    }

    [Fact]
    public void Others_that_cannot_be_asked_are_done_without()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        var peer = RecordingPeer.Of(circuit);

        Assert.True(circuit.Enter().IsProbe);
        Assert.Empty(peer.Asked);
    }
}

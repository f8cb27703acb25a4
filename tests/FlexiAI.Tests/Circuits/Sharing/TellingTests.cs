namespace FlexiAI.Tests.Circuits;

/// <summary>What a circuit tells the others that share it.</summary>
public class TellingTests
{
    [Fact]
    public void The_failure_that_opens_the_circuit_is_told_with_its_kind_and_the_whole_break()
    {
        var circuit = new CircuitUnderTest();
        var peer = RecordingPeer.Of(circuit);
        var late = circuit.Enter();
        circuit.Fail(2);
        Assert.Empty(peer.Told);

        circuit.Enter().Failure(FailureKind.RateLimited, TimeSpan.FromSeconds(70));
        late.Failure(FailureKind.ServerError);

        Assert.Equal(["tripped 70 s, RateLimited"], peer.Told);
    }

    [Fact]
    public void A_call_of_a_closed_circuit_that_opens_nothing_is_told_nobody()
    {
        var circuit = new CircuitUnderTest();
        var peer = RecordingPeer.Of(circuit);
        var late = new[] { circuit.Enter(), circuit.Enter(), circuit.Enter() };

        circuit.Enter().Success();
        circuit.Enter().Failure();
        circuit.Enter().Neutral();
        circuit.Enter().Failure(FailureKind.InvalidRequest);
        circuit.Breaker.Isolate();
        late[0].Success();
        late[1].Failure();
        late[2].Neutral();

        Assert.Empty(peer.Told);
    }

    [Theory]
    [InlineData("success", "probe 1 Ok, 0 s")]
    [InlineData("failure", "probe 1 Fail, 60 s")]
    [InlineData("failure with a time", "probe 1 Fail, 90 s")]
    [InlineData("uncounted failure", "probe 1 Neutral, 0 s")]
    [InlineData("neutral", "probe 1 Neutral, 0 s")]
    [InlineData("first content", "probe 1 Ok, 0 s")]
    public void The_end_of_a_probe_is_told_once(string end, string told)
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var peer = RecordingPeer.Of(circuit);

        Settle(probe, end);

        Assert.Equal([told], peer.Told);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    [InlineData("neutral")]
    [InlineData("first content")]
    public void A_probe_that_ends_too_late_gives_its_place_back_once(string end)
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        var peer = RecordingPeer.Of(circuit);
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout);

        Settle(probe, end);

        Assert.Equal(["probe 1 Neutral, 0 s"], peer.Told);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    [InlineData("neutral")]
    public void The_rest_of_a_probes_stream_is_told_nobody_however_it_ends_and_when(string end)
    {
        foreach (var isLate in new[] { false, true })
        {
            var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
            var rest = probe.FirstContent();
            var peer = RecordingPeer.Of(circuit);
            if (isLate)
            {
                circuit.Breaker.Isolate();
            }

            // That it failed opens the circuit again, which is the result of a probe.
            Settle(rest, end);

            Assert.Equal(end == "failure" && !isLate ? ["probe 1 Fail, 60 s"] : [], peer.Told);
        }
    }

    [Fact]
    public void A_time_that_the_provider_named_is_told_if_it_changes_something()
    {
        var circuit = new CircuitUnderTest();
        var peer = RecordingPeer.Of(circuit);

        circuit.Breaker.Throttle(TimeSpan.FromSeconds(5));
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(4));
        circuit.Breaker.Throttle(TimeSpan.Zero);

        Assert.Equal(["throttled 5 s"], peer.Told);
    }

    [Fact]
    public void Closing_by_hand_is_told_and_isolating_is_not()
    {
        var circuit = new CircuitUnderTest();
        var peer = RecordingPeer.Of(circuit);

        circuit.Breaker.Isolate();
        circuit.Breaker.Reset();

        Assert.Equal(["reset"], peer.Told);
    }

    private static void Settle(CircuitPermit permit, string end)
    {
        switch (end)
        {
            case "success":
                permit.Success();
                break;
            case "failure":
                permit.Failure(FailureKind.ServerError);
                break;
            case "failure with a time":
                permit.Failure(FailureKind.RateLimited, TimeSpan.FromSeconds(90));
                break;
            case "uncounted failure":
                permit.Failure(FailureKind.InvalidRequest);
                break;
            case "neutral":
                permit.Neutral();
                break;
            case "first content":
                permit.FirstContent();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(end), end, null);
        }
    }
}

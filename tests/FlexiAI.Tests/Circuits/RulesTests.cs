namespace FlexiAI.Tests.Circuits;

/// <summary>What snapshots must hold though no caller can see it: nothing is kept, written or made that nobody needs.</summary>
public class RulesTests
{
    private static readonly CircuitRules Rules = new(new() { HalfOpenMaxCalls = 2 }, TimeSpan.TicksPerSecond, _ => 0);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_probe_leaves_a_stream_behind_only_if_its_call_goes_on(bool goesOn, int streams)
    {
        var halfOpen = CircuitRules.HalfOpen(CircuitSnapshot.Initial, new(7, 100), successes: 0);

        Assert.Equal(streams, Rules.AfterProbeSuccess(halfOpen, 7, goesOn, successes: 0).Streams.Length);
        Assert.Equal(streams, Rules.AfterProbeSuccess(halfOpen with { ProbeSuccesses = 1 }, 7, goesOn, successes: 0).Streams.Length);
    }

    [Fact]
    public void The_breaker_keeps_no_stream_of_a_probe_whose_call_is_over()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(halfOpenMaxCalls: 2);
        probe.Success();

        new CircuitPermit(circuit.Breaker, probe.Era, probe.Probe, isStream: true).Failure();

        Assert.Equal((CircuitState.HalfOpen, 1L), (circuit.State, circuit.Status.LateResults));
    }

    [Theory]
    [InlineData(3_000_000)]
    [InlineData(10_000_000)]
    [InlineData(15_000_000)]
    [InlineData(1_000_000_000)]
    public void A_second_is_a_second_at_any_timestamp_frequency(long frequency)
    {
        var rules = new CircuitRules(new(), frequency, _ => 0);

        Assert.Equal(TimeSpan.FromSeconds(7), rules.RetryAfter(CircuitSnapshot.Initial with { NotBefore = 7 * frequency }, now: 0));
        Assert.Equal(7 * frequency, rules.After(0, TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public void A_hint_that_changes_nothing_makes_no_new_snapshot()
    {
        var throttled = CircuitSnapshot.Initial with { NotBefore = 100 };

        Assert.Null(Rules.Throttle(throttled, 50, TimeSpan.FromTicks(50)));
        Assert.Null(Rules.Throttle(throttled, 50, TimeSpan.Zero));
        Assert.Equal(101, Rules.Throttle(throttled, 50, TimeSpan.FromTicks(51))!.NotBefore);
    }

    [Fact]
    public void Only_an_open_circuit_has_a_deadline()
    {
        Assert.Equal(0, Rules.Throttle(CircuitSnapshot.Initial, 50, TimeSpan.FromTicks(50))!.Deadline);
        Assert.Equal(100, Rules.Throttle(CircuitSnapshot.Initial with { State = CircuitState.Open, Deadline = 60 }, 50, TimeSpan.FromTicks(50))!.Deadline);
    }

    [Fact]
    public void A_failure_that_names_no_time_leaves_the_closed_path_without_a_clock()
    {
        var circuit = new CircuitUnderTest();
        circuit.Fail(retryAfter: TimeSpan.Zero);
        circuit.Breaker.Throttle(TimeSpan.Zero);
        var reads = circuit.Clock.Reads;

        circuit.Enter();

        Assert.Equal(reads, circuit.Clock.Reads);
    }

    [Fact]
    public void A_call_through_a_closed_circuit_is_neither_a_probe_nor_its_stream()
    {
        var permit = new CircuitUnderTest().Enter();

        Assert.Equal((false, false), (permit.IsProbe, permit.IsStream));
    }
}

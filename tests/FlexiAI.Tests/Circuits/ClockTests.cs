namespace FlexiAI.Tests.Circuits;

public class ClockTests
{
    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    [InlineData(-86_400 * 365)]
    public void S11_WallClockJumps_ChangeNothing(int seconds)
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, RecoveryTimeout = TimeSpan.FromSeconds(5) });
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(1));
        circuit.Clock.Wall += TimeSpan.FromSeconds(seconds);
        circuit.MeetRefusal();
        circuit.Clock.Advance(TimeSpan.FromSeconds(1));
        circuit.Fail();

        circuit.Clock.Wall += TimeSpan.FromSeconds(seconds);

        Assert.Equal(TimeSpan.FromSeconds(5), circuit.Status.RetryAfter);
        circuit.Clock.Advance(TimeSpan.FromSeconds(5) - CircuitUnderTest.Tick);
        circuit.MeetRefusal();
        circuit.Clock.Advance(CircuitUnderTest.Tick);
        circuit.Enter();
        circuit.Clock.Wall += TimeSpan.FromSeconds(seconds);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout - CircuitUnderTest.Tick);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        circuit.Clock.Advance(CircuitUnderTest.Tick);
        Assert.Equal(CircuitState.Open, circuit.State);
    }

    public static TheoryData<long> Frequencies() => [1, 3, 1_000, 32_768, 3_579_545, 10_000_000, 1_000_000_007, 3_000_000_000];

    [Theory]
    [MemberData(nameof(Frequencies))]
    public void S10_ACallAfterTheReportedRetryAfter_IsAdmittedAtAnyTimestampFrequency(long frequency)
    {
        foreach (var ticks in new[] { 1, 7, 3_333_333, 10_000_000, 10_000_001, 600_000_000, TimeSpan.TicksPerDay - 1, TimeSpan.TicksPerDay })
        {
            foreach (var phase in new[] { 0, 1, 3_333_334, 9_999_999 })
            {
                var clock = new SteppedClock(frequency);
                clock.Advance(TimeSpan.FromTicks(phase));
                var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, RecoveryTimeout = TimeSpan.FromTicks(ticks) }, clock);
                circuit.Fail();
                clock.Advance(TimeSpan.FromTicks(ticks / 3));
                var wait = circuit.Status.RetryAfter!.Value;

                clock.Advance(wait);

                Assert.True(circuit.Enter().IsProbe, $"{ticks} ticks at phase {phase}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Frequencies))]
    public void S3_TheBreak_IsNeverShorterThanTheRecoveryTimeByMoreThanAClockTick(long frequency)
    {
        var oneTick = TimeSpan.FromTicks((TimeSpan.TicksPerSecond + frequency - 1) / frequency);
        foreach (var recovery in new[] { TimeSpan.FromSeconds(60), TimeSpan.FromTicks(12_345_678) })
        {
            var clock = new SteppedClock(frequency);
            var circuit = new CircuitUnderTest(new() { FailureThreshold = 1, RecoveryTimeout = recovery }, clock);
            circuit.Fail();

            if (recovery > oneTick * 2)
            {
                clock.Advance(recovery - (oneTick * 2));
                circuit.MeetRefusal();
            }

            clock.Advance(oneTick * 3);
            circuit.Enter();
        }
    }

    [Fact]
    public void RetryAfter_is_exact_where_floating_point_would_lose_the_last_timestamp()
    {
        // 2^53 and one: no double tells them apart. At this frequency one timestamp is one tick.
        var rules = new CircuitRules(new(), TimeSpan.TicksPerSecond, _ => 0);
        var open = CircuitSnapshot.Initial with { State = CircuitState.Open, Deadline = (1L << 53) + 1 };

        Assert.Equal((1L << 53) + 1, rules.RetryAfter(open, 0)!.Value.Ticks);
        Assert.Equal((1L << 53) + 1, rules.After(0, TimeSpan.FromTicks((1L << 53) + 1)));
    }

    [Fact]
    public void A_healthy_circuit_never_reads_the_clock()
    {
        var circuit = new CircuitUnderTest();

        circuit.Succeed(100);
        circuit.Enter().Neutral();
        circuit.Enter().FirstContent().Success();

        Assert.Equal(0, circuit.Clock.Reads);
    }
}

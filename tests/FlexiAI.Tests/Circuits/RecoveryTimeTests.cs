namespace FlexiAI.Tests.Circuits;

public class RecoveryTimeTests
{
    private static CircuitUnderTest With(Action<CircuitBreakerOptions> set, Func<long, double>? jitter = null)
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 1, RecoveryTimeout = TimeSpan.FromSeconds(10) };
        set(options);
        return new(options, jitter: jitter);
    }

    /// <summary>The breaks of a circuit whose probes keep failing, in seconds.</summary>
    private static List<double> Breaks(CircuitUnderTest circuit, int count)
    {
        var breaks = new List<double>();
        for (var i = 0; i < count; i++)
        {
            circuit.Fail();
            breaks.Add(circuit.Status.RetryAfter!.Value.TotalSeconds);
            circuit.Clock.Advance(circuit.Status.RetryAfter!.Value);
        }

        return breaks;
    }

    [Fact]
    public void Without_backoff_every_break_is_the_recovery_time() =>
        Assert.Equal([10, 10, 10, 10], Breaks(With(_ => { }), 4));

    [Fact]
    public void The_backoff_factor_lengthens_each_break_up_to_the_cap()
    {
        var circuit = With(options => (options.RecoveryBackoffFactor, options.MaxRecoveryTimeout) = (2, TimeSpan.FromSeconds(60)));

        Assert.Equal([10, 20, 40, 60, 60], Breaks(circuit, 5));
    }

    [Fact]
    public void Closing_forgets_the_breaks_before_it()
    {
        var circuit = With(options => options.RecoveryBackoffFactor = 3);
        Assert.Equal([10, 30], Breaks(circuit, 2));

        circuit.Succeed();

        Assert.Equal([10, 30], Breaks(circuit, 2));
    }

    [Fact]
    public void Resetting_forgets_the_breaks_before_it()
    {
        var circuit = With(options => options.RecoveryBackoffFactor = 3);
        Breaks(circuit, 2);

        circuit.Breaker.Reset();

        Assert.Equal([10], Breaks(circuit, 1));
    }

    [Fact]
    public void The_cap_never_shortens_the_recovery_time_itself()
    {
        var circuit = With(options => (options.RecoveryBackoffFactor, options.MaxRecoveryTimeout) = (2, TimeSpan.FromSeconds(5)));

        Assert.Equal([10, 10], Breaks(circuit, 2));
    }

    [Fact]
    public void A_lost_probe_is_a_failed_recovery_too()
    {
        var circuit = With(options => options.RecoveryBackoffFactor = 2);
        Breaks(circuit, 1);
        circuit.Enter();
        circuit.Clock.Advance(CircuitUnderTest.ProbeTimeout);

        Assert.Equal(TimeSpan.FromSeconds(20), circuit.Status.RetryAfter);
    }

    [Fact]
    public void Backoff_grows_past_every_number_and_stays_at_the_cap()
    {
        var circuit = With(options => (options.RecoveryBackoffFactor, options.MaxRecoveryTimeout) = (100, TimeSpan.FromSeconds(11)));

        Assert.Equal(11, Breaks(circuit, 400)[^1]);
    }

    [Fact]
    public void Jitter_adds_its_random_share_of_each_break()
    {
        var circuit = With(options => options.RecoveryJitter = 0.5, era => era == 2 ? 0.2 : 1);

        Assert.Equal([11, 15], Breaks(circuit, 2));
    }

    [Fact]
    public void Real_jitter_lies_within_its_share_and_differs_between_circuits()
    {
        var breaks = Enumerable.Range(0, 50).Select(_ =>
        {
            var clock = new SteppedClock();
            var breaker = new CircuitBreaker("b", new() { FailureThreshold = 1, RecoveryTimeout = TimeSpan.FromSeconds(10), RecoveryJitter = 0.5 }, clock);
            Assert.True(breaker.TryEnter(out var permit));
            permit.Failure();
            return breaker.GetStatus().RetryAfter!.Value.TotalSeconds;
        }).ToList();

        Assert.All(breaks, time => Assert.InRange(time, 10, 15));
        Assert.True(breaks.Distinct().Count() > 1);
    }

    [Fact]
    public void The_status_of_a_lost_era_tells_the_very_break_that_the_next_call_finds_though_it_has_jitter()
    {
        for (var i = 0; i < 20; i++)
        {
            var clock = new SteppedClock();
            var breaker = new CircuitBreaker("b", new() { FailureThreshold = 1, RecoveryJitter = 1 }, clock);
            Assert.True(breaker.TryEnter(out var permit));
            permit.Failure();
            clock.Advance(breaker.GetStatus().RetryAfter!.Value);
            Assert.True(breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _));
            clock.Advance(CircuitUnderTest.ProbeTimeout);

            var told = breaker.GetStatus();

            Assert.Equal(told, breaker.GetStatus());
            Assert.False(breaker.TryEnter(out _));
            Assert.Equal(told.RetryAfter, breaker.GetStatus().RetryAfter);
        }
    }
}

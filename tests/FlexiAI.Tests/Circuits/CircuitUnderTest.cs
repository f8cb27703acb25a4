namespace FlexiAI.Tests.Circuits;

/// <summary>A breaker, its clock and its published transitions, with the steps that most tests take.</summary>
internal sealed partial class CircuitUnderTest
{
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(20);

    public CircuitUnderTest(CircuitBreakerOptions? options = null, SteppedClock? clock = null, Func<long, double>? jitter = null)
    {
        Clock = clock ?? new SteppedClock();
        Breaker = new CircuitBreaker("primary", options ?? new() { FailureThreshold = 3 }, Clock, jitter ?? (_ => 0));
        Log = new TransitionLog(Breaker);
        Share(Breaker, Clock);
    }

    public CircuitBreaker Breaker { get; }

    public SteppedClock Clock { get; }

    public TransitionLog Log { get; }

    public CircuitStatus Status => Breaker.GetStatus();

    public CircuitState State => Status.State;

    public TimeSpan RecoveryTimeout => Breaker.Options.RecoveryTimeout;

    /// <summary>A circuit whose recovery has begun, and its first probe.</summary>
    public static (CircuitUnderTest Circuit, CircuitPermit Probe) HalfOpen(int halfOpenMaxCalls = 1, Func<CircuitBreakerOptions, CircuitBreakerOptions>? with = null)
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 3, HalfOpenMaxCalls = halfOpenMaxCalls };
        var circuit = new CircuitUnderTest(with?.Invoke(options) ?? options);
        circuit.Trip();
        circuit.Clock.Advance(circuit.RecoveryTimeout);
        return (circuit, circuit.Enter());
    }

    public CircuitPermit Enter()
    {
        Assert.True(Breaker.TryEnter(ProbeTimeout, out var permit, out var refusal), $"refused: {refusal}");
        return permit;
    }

    public CircuitRefusal MeetRefusal()
    {
        Assert.False(Breaker.TryEnter(ProbeTimeout, out var permit, out var refusal), $"admitted in {State}");
        Assert.Equal(default, permit);
        return refusal;
    }

    public void Succeed(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Enter().Success();
        }
    }

    public void Fail(int times = 1, FailureKind? kind = FailureKind.ServerError, TimeSpan? retryAfter = null)
    {
        for (var i = 0; i < times; i++)
        {
            Enter().Failure(kind, retryAfter);
        }
    }

    /// <summary>Fails until the circuit is open.</summary>
    public void Trip()
    {
        Fail(Breaker.Options.FailureThreshold);
        Assert.Equal(CircuitState.Open, State);
    }

    /// <summary>Where the same tests are to hold for a circuit that is shared.</summary>
    static partial void Share(CircuitBreaker breaker, SteppedClock clock);
}

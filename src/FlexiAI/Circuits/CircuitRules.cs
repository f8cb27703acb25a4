namespace FlexiAI;

/// <summary>What a circuit becomes: pure functions from one snapshot, and the time, to the next.</summary>
internal sealed class CircuitRules
{
    private readonly CircuitBreakerOptions _options;
    private readonly uint _counted;
    private readonly double _ticksPerTimestamp;
    private readonly Func<double> _random;

    public CircuitRules(CircuitBreakerOptions options, long timestampFrequency, Func<double> random)
    {
        _options = options;
        _random = random;
        _ticksPerTimestamp = (double)TimeSpan.TicksPerSecond / timestampFrequency;
        foreach (var kind in options.CountedFailures)
        {
            _counted |= 1u << (int)kind;
        }
    }

    public bool Counts(FailureKind? kind) => kind is not { } known || (_counted & (1u << (int)known)) != 0;

    public static CircuitSnapshot AfterSuccess(CircuitSnapshot s) => s with { Failures = 0 };

    public CircuitSnapshot AfterFailure(CircuitSnapshot s, CircuitFailure failure)
    {
        var next = s with
        {
            Failures = s.Failures + 1,
            NotBefore = Later(s.NotBefore, failure.At, failure.RetryAfter),
            SuccessBase = failure.SuccessBase,
            LastFailureKind = failure.Kind,
            LastFailureTime = failure.Time,
        };
        return next.Failures < _options.FailureThreshold ? next : Open(next, failure.At);
    }

    public CircuitSnapshot AfterProbeFailure(CircuitSnapshot s, CircuitFailure failure) =>
        Open(
            s with
            {
                NotBefore = Later(s.NotBefore, failure.At, failure.RetryAfter),
                SuccessBase = failure.SuccessBase,
                LastFailureKind = failure.Kind,
                LastFailureTime = failure.Time,
            },
            failure.At);

    public CircuitSnapshot AfterProbeSuccess(CircuitSnapshot s, int probe, long successes)
    {
        var next = WithoutProbe(s, probe) with { ProbeSuccesses = s.ProbeSuccesses + 1 };
        return next.ProbeSuccesses < _options.HalfOpenMaxCalls ? next : Close(next, successes);
    }

    public static CircuitSnapshot WithoutProbe(CircuitSnapshot s, int probe) =>
        s with { Probes = [.. s.Probes[..probe], .. s.Probes[(probe + 1)..]] };

    public bool HasRoomForProbe(CircuitSnapshot s) => s.Probes.Length + s.ProbeSuccesses < _options.HalfOpenMaxCalls;

    public static CircuitSnapshot WithProbe(CircuitSnapshot s, CircuitSnapshot.Probe probe) => s with { Probes = [.. s.Probes, probe] };

    public static CircuitSnapshot HalfOpen(CircuitSnapshot s, CircuitSnapshot.Probe probe, long successes) =>
        s with { State = CircuitState.HalfOpen, Era = s.Era + 1, Deadline = 0, Probes = [probe], SuccessBase = successes };

    public static CircuitSnapshot Close(CircuitSnapshot s, long successes) => new()
    {
        State = CircuitState.Closed,
        Era = s.Era + 1,
        NotBefore = s.NotBefore,
        SuccessBase = successes,
        LastFailureKind = s.LastFailureKind,
        LastFailureTime = s.LastFailureTime,
    };

    public static CircuitSnapshot Isolate(CircuitSnapshot s, long successes) => s with
    {
        State = CircuitState.Isolated,
        Era = s.Era + 1,
        Deadline = 0,
        Probes = [],
        ProbeSuccesses = 0,
        ProbesExpired = 0,
        SuccessBase = successes,
    };

    /// <summary>Drops probes whose time is over, and re-opens if every place of the era was lost so; null if there is nothing to drop.</summary>
    public CircuitSnapshot? ExpireProbes(CircuitSnapshot s, long now)
    {
        var live = Array.FindAll(s.Probes, probe => now < probe.ExpiresAt);
        if (live.Length == s.Probes.Length)
        {
            return null;
        }

        var next = s with { Probes = live, ProbesExpired = s.ProbesExpired + s.Probes.Length - live.Length };

        // The break runs from the moment the last place was lost, not from the call that happens to notice.
        return next.ProbesExpired < _options.HalfOpenMaxCalls
            ? next
            : Open(next, s.Probes.Where(probe => now >= probe.ExpiresAt).Max(probe => probe.ExpiresAt));
    }

    /// <summary>Leaves the provider alone until the time it named; null if that changes nothing.</summary>
    public CircuitSnapshot? Throttle(CircuitSnapshot s, long now, TimeSpan retryAfter)
    {
        var until = Later(s.NotBefore, now, retryAfter);
        return until == s.NotBefore
            ? null
            : s with { NotBefore = until, Deadline = s.State == CircuitState.Open ? Math.Max(s.Deadline, until) : s.Deadline };
    }

    /// <summary>How long until a call is admitted: zero if a probe decides that, null if only a hand does.</summary>
    public TimeSpan? RetryAfter(CircuitSnapshot s, long now) => s.State switch
    {
        CircuitState.Isolated => null,
        CircuitState.Open => Remaining(s.Deadline, now),
        _ => Remaining(s.NotBefore, now),
    };

    public long After(long timestamp, TimeSpan time) => timestamp + (long)Math.Ceiling(time.Ticks / _ticksPerTimestamp);

    private CircuitSnapshot Open(CircuitSnapshot s, long at) => s with
    {
        State = CircuitState.Open,
        Era = s.Era + 1,
        Deadline = Math.Max(After(at, BreakTime(s.Opens)), s.NotBefore),
        Opens = s.Opens + 1,
        Probes = [],
        ProbeSuccesses = 0,
        ProbesExpired = 0,
    };

    private TimeSpan BreakTime(int failedRecoveries)
    {
        var cap = Math.Max(_options.RecoveryTimeout.Ticks, _options.MaxRecoveryTimeout.Ticks);
        var grown = Math.Min(cap, _options.RecoveryTimeout.Ticks * Math.Pow(_options.RecoveryBackoffFactor, failedRecoveries));
        return TimeSpan.FromTicks((long)(grown * (1 + (_options.RecoveryJitter * _random()))));
    }

    // A later, shorter hint never shortens an earlier one.
    private long Later(long notBefore, long now, TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero
            ? Math.Max(notBefore, After(now, wait < _options.MaxRetryAfter ? wait : _options.MaxRetryAfter))
            : notBefore;

    // Rounded up, so that a call made after waiting this long is never too early.
    private TimeSpan Remaining(long until, long now) =>
        until <= now ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling((until - now) * _ticksPerTimestamp));
}

/// <summary>A counted failure as the circuit sees it.</summary>
internal readonly record struct CircuitFailure(long At, DateTimeOffset Time, FailureKind? Kind, TimeSpan? RetryAfter, long SuccessBase);

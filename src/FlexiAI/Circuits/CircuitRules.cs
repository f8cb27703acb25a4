namespace FlexiAI;

/// <summary>What a circuit becomes: pure functions from one snapshot, and the time, to the next.</summary>
internal sealed class CircuitRules
{
    private static readonly TimeSpan SameBreak = TimeSpan.FromMilliseconds(2);

    private readonly CircuitBreakerOptions _options;
    private readonly long _frequency;

    // 0 where a tick is no whole number of timestamps.
    private readonly long _timestampsPerTick;
    private readonly Func<long, double> _jitter;

    /// <summary>Makes the rules.</summary>
    /// <param name="options">The circuit's options, which nothing else may change.</param>
    /// <param name="timestampFrequency">Timestamps per second.</param>
    /// <param name="jitter">
    /// From the number of an era to the random share of its break, 0 to 1; always the same for one era, so that a status tells the
    /// very break that the next call finds.
    /// </param>
    public CircuitRules(CircuitBreakerOptions options, long timestampFrequency, Func<long, double> jitter)
    {
        _options = options;
        _frequency = timestampFrequency;
        // Stryker disable once conditional,arithmetic : a 0 too many takes the longer way to the same result
        _timestampsPerTick = timestampFrequency % TimeSpan.TicksPerSecond == 0 ? timestampFrequency / TimeSpan.TicksPerSecond : 0;
        _jitter = jitter;
    }

    public bool Counts(FailureKind? kind) => kind is not { } known || _options.CountedFailures.Contains(known);

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

    /// <summary>A probe succeeded, at the end of its call or, if that goes on, at its first content.</summary>
    public CircuitSnapshot AfterProbeSuccess(CircuitSnapshot s, long probe, bool goesOn, long successes)
    {
        var next = Without(s, probe) with { ProbeSuccesses = s.ProbeSuccesses + 1 };
        long[] streams = goesOn ? [probe] : [];
        return next.ProbeSuccesses < _options.HalfOpenMaxCalls
            ? next with { Streams = [.. next.Streams, .. streams] }
            : Close(next, successes) with { Streams = streams };
    }

    /// <summary>The probe, or the stream that followed it, is over: it gives its place back, and cannot be settled again.</summary>
    public static CircuitSnapshot Without(CircuitSnapshot s, long probe) => s with
    {
        Probes = Array.FindAll(s.Probes, other => other.Id != probe),
        Streams = Array.FindAll(s.Streams, other => other != probe),
    };

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
        Streams = [],
        SuccessBase = successes,
    };

    /// <summary>The state of the others that share the circuit, in a new era.</summary>
    public CircuitSnapshot Adopt(CircuitSnapshot s, CircuitState state, long now, TimeSpan remaining, int opens, long successes)
    {
        var next = state == CircuitState.Closed ? Close(s, successes) : Isolate(s, successes) with { State = state, Opens = opens };
        return Align(next, now, remaining, opens);
    }

    /// <summary>An open circuit whose break ends when that of the others does.</summary>
    public CircuitSnapshot Align(CircuitSnapshot s, long now, TimeSpan remaining, int opens)
    {
        if (s.State != CircuitState.Open)
        {
            return s;
        }

        // What remains is told in whole milliseconds, some of which the telling took: so much is the same.
        var deadline = Math.Max(After(now, remaining), s.NotBefore);
        return s with { Deadline = Math.Abs(deadline - s.Deadline) > After(0, SameBreak) ? deadline : s.Deadline, Opens = opens };
    }

    /// <summary>Drops probes whose time is over, and re-opens if every place of the era was lost so; null if there is nothing to drop.</summary>
    public CircuitSnapshot? ExpireProbes(CircuitSnapshot s, long now)
    {
        foreach (var probe in s.Probes)
        {
            if (probe.ExpiresAt <= now)
            {
                return WithoutLostProbes(s, now);
            }
        }

        return null;
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
    public TimeSpan? RetryAfter(CircuitSnapshot s, long now)
    {
        if (s.State == CircuitState.Isolated)
        {
            return null;
        }

        // By the time that the provider named, every probe may be lost and the circuit open again.
        var then = ExpireProbes(s, Math.Max(now, s.NotBefore)) ?? s;
        var until = then.State == CircuitState.Open ? then.Deadline : then.NotBefore;
        // Stryker disable once equality : nothing is left of a time that ends now, by either branch
        return until <= now ? TimeSpan.Zero : TimeSpan.FromTicks(Ticks(until - now));
    }

    public long After(long timestamp, TimeSpan time) => timestamp + ScaleUp(time.Ticks, TimeSpan.TicksPerSecond, _frequency);

    // One division instead of four: every refusal needs it.
    // Stryker disable once conditional,equality : the longer way gives the same result
    private long Ticks(long timestamps) => _timestampsPerTick > 0
        ? (timestamps + _timestampsPerTick - 1) / _timestampsPerTick
        : ScaleUp(timestamps, _frequency, TimeSpan.TicksPerSecond);

    private CircuitSnapshot WithoutLostProbes(CircuitSnapshot s, long now)
    {
        var lost = s.Probes.Select(probe => probe.ExpiresAt).Where(expiry => expiry <= now).Order().ToArray();
        var places = _options.HalfOpenMaxCalls - s.ProbesExpired;

        // The break runs from the moment the last place was lost, not from the call that happens to notice.
        return lost.Length < places
            ? s with { Probes = Array.FindAll(s.Probes, probe => now < probe.ExpiresAt), ProbesExpired = s.ProbesExpired + lost.Length }
            : Open(s with { SuccessBase = s.SuccessBase + s.ProbeSuccesses }, lost[places - 1]);
    }

    private CircuitSnapshot Open(CircuitSnapshot s, long at) => s with
    {
        State = CircuitState.Open,
        Era = s.Era + 1,
        Deadline = Math.Max(After(at, BreakTime(s.Opens, s.Era + 1)), s.NotBefore),
        Opens = s.Opens + 1,
        Probes = [],
        ProbeSuccesses = 0,
        ProbesExpired = 0,
        Streams = [],
    };

    private TimeSpan BreakTime(int failedRecoveries, long era)
    {
        var cap = Math.Max(_options.RecoveryTimeout.Ticks, _options.MaxRecoveryTimeout.Ticks);
        var grown = Math.Min(cap, _options.RecoveryTimeout.Ticks * Math.Pow(_options.RecoveryBackoffFactor, failedRecoveries));
        return TimeSpan.FromTicks((long)(grown * (1 + (_options.RecoveryJitter * _jitter(era)))));
    }

    // A later, shorter hint never shortens an earlier one.
    private long Later(long notBefore, long now, TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero
            ? Math.Max(notBefore, After(now, TimeSpan.FromTicks(Math.Min(wait.Ticks, _options.MaxRetryAfter.Ticks))))
            : notBefore;

    // Rounded up, so that a call made after waiting this long is never too early; in whole numbers, whose last digit is right.
    private static long ScaleUp(long value, long from, long to) => (value / from * to) + (((value % from * to) + from - 1) / from);
}

/// <summary>A counted failure as the circuit sees it.</summary>
internal readonly record struct CircuitFailure(long At, DateTimeOffset Time, FailureKind? Kind, TimeSpan? RetryAfter, long SuccessBase);

namespace FlexiAI;

/// <summary>How a circuit opens and recovers.</summary>
public sealed class CircuitBreakerOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Consecutive counted failures that open the circuit: 1 to 1,000,000. Default 5.</summary>
    public int FailureThreshold { get; set; } = 5;

    /// <summary>How long an open circuit refuses calls before the next one tests recovery: above zero, at most one day. Default 60 s.</summary>
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls let through at once to test recovery, and successes among them that close the circuit: 1 to 1,000. Default 1.</summary>
    public int HalfOpenMaxCalls { get; set; } = 1;

    /// <summary>
    /// The kinds of failure that count. The others are neutral: they change no count, and give a probe's place back.
    /// Default: every kind that says something about the provider's health, which leaves out
    /// <see cref="FailureKind.ContextTooLong"/>, <see cref="FailureKind.ContentFiltered"/>,
    /// <see cref="FailureKind.InvalidRequest"/> and <see cref="FailureKind.Cancelled"/>.
    /// </summary>
    public ISet<FailureKind> CountedFailures { get; set; } = new HashSet<FailureKind>
    {
        FailureKind.Authentication, FailureKind.QuotaExhausted, FailureKind.RateLimited, FailureKind.ServerError,
        FailureKind.Timeout, FailureKind.Network, FailureKind.ModelNotFound, FailureKind.InvalidConfiguration,
        FailureKind.InvalidResponse,
    };

    /// <summary>Factor on <see cref="RecoveryTimeout"/> for each failed recovery in a row: 1 to 100. Default 1 (no growth).</summary>
    public double RecoveryBackoffFactor { get; set; } = 1;

    /// <summary>
    /// Cap on the time that <see cref="RecoveryBackoffFactor"/> grows to: above zero, at most one day. Default 10 min.
    /// It never shortens <see cref="RecoveryTimeout"/> itself.
    /// </summary>
    public TimeSpan MaxRecoveryTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Random share added to each recovery time, so that processes do not probe together: 0 to 1. Default 0.</summary>
    public double RecoveryJitter { get; set; }

    /// <summary>Longest Retry-After that is believed; longer ones are cut to it: above zero, at most one day. Default 10 min.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A new set of options for development and tests: 2 failures, 10 s.</summary>
    public static CircuitBreakerOptions Development =>
        new() { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>A new set of options for critical systems: 3 failures, 30 s.</summary>
    public static CircuitBreakerOptions HighAvailability =>
        new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(30) };

    /// <summary>A new set of options that tolerates passing trouble rather than pay for a backup: 10 failures, 300 s.</summary>
    public static CircuitBreakerOptions CostSensitive =>
        new() { FailureThreshold = 10, RecoveryTimeout = TimeSpan.FromSeconds(300) };

    internal CircuitBreakerOptions Clone()
    {
        var copy = (CircuitBreakerOptions)MemberwiseClone();
        copy.CountedFailures = new HashSet<FailureKind>(CountedFailures);
        return copy;
    }

    internal bool IsSameAs(CircuitBreakerOptions other) =>
        FailureThreshold == other.FailureThreshold
        && RecoveryTimeout == other.RecoveryTimeout
        && HalfOpenMaxCalls == other.HalfOpenMaxCalls
        && CountedFailures.SetEquals(other.CountedFailures)
        && RecoveryBackoffFactor.Equals(other.RecoveryBackoffFactor)
        && MaxRecoveryTimeout == other.MaxRecoveryTimeout
        && RecoveryJitter.Equals(other.RecoveryJitter)
        && MaxRetryAfter == other.MaxRetryAfter;

    internal IEnumerable<string> Validate()
    {
        if (FailureThreshold is < 1 or > 1_000_000)
        {
            yield return Says(nameof(FailureThreshold), FailureThreshold, "1 to 1,000,000");
        }

        if (HalfOpenMaxCalls is < 1 or > 1_000)
        {
            yield return Says(nameof(HalfOpenMaxCalls), HalfOpenMaxCalls, "1 to 1,000");
        }

        if (!(RecoveryBackoffFactor is >= 1 and <= 100))
        {
            yield return Says(nameof(RecoveryBackoffFactor), RecoveryBackoffFactor, "1 to 100");
        }

        if (!(RecoveryJitter is >= 0 and <= 1))
        {
            yield return Says(nameof(RecoveryJitter), RecoveryJitter, "0 to 1");
        }

        if (CountedFailures is null)
        {
            yield return Says(nameof(CountedFailures), "null", "a set of failure kinds, which may be empty");
        }
        else
        {
            foreach (var kind in CountedFailures.Where(kind => kind == FailureKind.Cancelled || !Enum.IsDefined(kind)))
            {
                yield return Says(nameof(CountedFailures), kind, "any kind but Cancelled: a caller's own cancellation says nothing about a provider");
            }
        }

        (string Name, TimeSpan Value)[] times =
        [
            (nameof(RecoveryTimeout), RecoveryTimeout),
            (nameof(MaxRecoveryTimeout), MaxRecoveryTimeout),
            (nameof(MaxRetryAfter), MaxRetryAfter),
        ];
        foreach (var (name, value) in times)
        {
            if (value <= TimeSpan.Zero || value > Longest)
            {
                yield return Says(name, value, "above zero and at most one day");
            }
        }
    }

    private static string Says(string property, object value, string allowed) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"CircuitBreaker.{property} is {value}; allowed: {allowed}.");
}

namespace FlexiAI;

/// <summary>
/// Leave to make one call, to be settled exactly once: <see cref="Success"/>, <see cref="Failure"/> or <see cref="Neutral"/>.
/// </summary>
/// <remarks>
/// A settlement that comes after its era is over, after the probe expired, or a second time for one probe changes nothing.
/// Permits of a closed circuit carry no identity of their own (that is what makes them free): whoever takes one must settle it once.
/// </remarks>
public readonly struct CircuitPermit : IEquatable<CircuitPermit>
{
    /// <summary>A probe that has already reported its success and may yet fail in the same era.</summary>
    internal const long SettledProbe = -1;

    /// <summary>Not a probe: a call through a closed circuit.</summary>
    internal const long NoProbe = 0;

    private readonly CircuitBreaker? _breaker;

    internal CircuitPermit(CircuitBreaker breaker, long era, long probe)
    {
        _breaker = breaker;
        Era = era;
        Probe = probe;
    }

    /// <summary>The era of the circuit in which the permit was given; 0 for a permit that was never given.</summary>
    public long Era { get; }

    /// <summary>Whether the call tests the recovery of a half-open circuit.</summary>
    public bool IsProbe => Probe != NoProbe;

    internal long Probe { get; }

    /// <summary>The call succeeded.</summary>
    public void Success() => _breaker?.Succeed(this);

    /// <summary>The call failed. A kind that is not in <see cref="CircuitBreakerOptions.CountedFailures"/> makes this <see cref="Neutral"/>.</summary>
    /// <param name="kind">The kind of failure, if known; a failure of unknown kind counts.</param>
    /// <param name="retryAfter">The time the provider asked to be left alone, cut to <see cref="CircuitBreakerOptions.MaxRetryAfter"/>.</param>
    public void Failure(FailureKind? kind = null, TimeSpan? retryAfter = null) => _breaker?.Fail(this, kind, retryAfter);

    /// <summary>The call says nothing about the provider's health (the caller cancelled, or the request was wrong).</summary>
    public void Neutral() => _breaker?.Abstain(this);

    /// <summary>
    /// The first content of a stream arrived: a probe reports its success now, since a model that starts answering is up.
    /// </summary>
    /// <returns>The permit that settles the rest of the stream in place of this one.</returns>
    public CircuitPermit FirstContent() => _breaker is null ? default : _breaker.Begin(this);

    /// <inheritdoc/>
    public bool Equals(CircuitPermit other) => ReferenceEquals(_breaker, other._breaker) && Era == other.Era && Probe == other.Probe;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CircuitPermit other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_breaker, Era, Probe);

    /// <summary>Whether two permits are the same leave.</summary>
    public static bool operator ==(CircuitPermit left, CircuitPermit right) => left.Equals(right);

    /// <summary>Whether two permits are not the same leave.</summary>
    public static bool operator !=(CircuitPermit left, CircuitPermit right) => !left.Equals(right);
}

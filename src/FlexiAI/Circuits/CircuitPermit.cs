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
    /// <summary>Not a probe: a call through a closed circuit.</summary>
    internal const long NoProbe = 0;

    private readonly CircuitBreaker? _breaker;

    // Below zero for the rest of a probe's stream: a permit stays three words long.
    private readonly long _probe;

    internal CircuitPermit(CircuitBreaker breaker, long era, long probe, bool isStream = false)
    {
        _breaker = breaker;
        Era = era;
        _probe = isStream ? -probe : probe;
    }

    /// <summary>The era of the circuit in which the permit was given; 0 for a permit that was never given.</summary>
    public long Era { get; }

    /// <summary>Whether the call tests the recovery of a half-open circuit.</summary>
    public bool IsProbe => _probe != NoProbe;

    internal long Probe => Math.Abs(_probe);

    /// <summary>The rest of a probe's stream: the success is reported, a failure may follow.</summary>
    internal bool IsStream => _probe < 0;

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
    /// <returns>
    /// The permit that settles the rest of the stream in place of this one: a failure counts, a success was counted already.
    /// Worthless if this probe had expired or was settled before.
    /// </returns>
    public CircuitPermit FirstContent() => _breaker is null ? default : _breaker.Begin(this);

    /// <inheritdoc/>
    public bool Equals(CircuitPermit other) => ReferenceEquals(_breaker, other._breaker) && Era == other.Era && _probe == other._probe;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CircuitPermit other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_breaker, Era, _probe);

    /// <summary>Whether two permits are the same leave.</summary>
    public static bool operator ==(CircuitPermit left, CircuitPermit right) => left.Equals(right);

    /// <summary>Whether two permits are not the same leave.</summary>
    public static bool operator !=(CircuitPermit left, CircuitPermit right) => !left.Equals(right);
}

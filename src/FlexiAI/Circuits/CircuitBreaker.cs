namespace FlexiAI;

/// <summary>
/// A circuit breaker: stops calls to something that keeps failing, and lets a few through to see when it has recovered.
/// </summary>
/// <remarks>
/// Lock-free and safe for any number of threads. It starts no timer and no task, and reads time from the given
/// <see cref="TimeProvider"/>'s monotonic timestamp alone. Counting is consecutive: a success sets the failure count to zero.
/// </remarks>
public sealed partial class CircuitBreaker
{
    private const int Successes = 0;
    private const int Rejections = 1;
    private const int LateResults = 2;

    private static readonly TimeSpan DefaultProbeTimeout = TimeSpan.FromMinutes(2);

    private readonly StripedCounters _counters = new(3);
    private readonly CircuitTransitionQueue _transitions;
    private readonly CircuitRules _rules;
    private readonly TimeProvider _time;
    private CircuitSnapshot _current = CircuitSnapshot.Initial;
    private long _lastProbe;

    /// <summary>Makes a closed circuit.</summary>
    /// <param name="name">The name that its status and transitions carry.</param>
    /// <param name="options">How it opens and recovers; copied. Default: the defaults of <see cref="CircuitBreakerOptions"/>.</param>
    /// <param name="timeProvider">The clock. Default: the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or an option is out of its range.</exception>
    public CircuitBreaker(string name, CircuitBreakerOptions? options = null, TimeProvider? timeProvider = null)
        : this(name, options, timeProvider, Random.Shared.NextDouble)
    {
    }

    internal CircuitBreaker(string name, CircuitBreakerOptions? options, TimeProvider? timeProvider, Func<double> random)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options ??= new();
        if (options.Validate().ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        Name = name;
        Options = options.Clone();
        _time = timeProvider ?? TimeProvider.System;
        _rules = new CircuitRules(Options.Clone(), _time.TimestampFrequency, random);
        _transitions = new CircuitTransitionQueue(Tell);
    }

    /// <summary>
    /// Raised after each transition, in their order, each once, on a thread of the pool: a handler that throws, blocks or calls back
    /// changes nothing for any caller.
    /// </summary>
    public event EventHandler<CircuitTransition>? Changed;

    /// <summary>The circuit's name.</summary>
    public string Name { get; }

    /// <summary>A copy of the options it was made with.</summary>
    public CircuitBreakerOptions Options { get; }

    /// <summary>Consecutive counted failures, for the rule that a suspect is not retried.</summary>
    internal int Failures => Volatile.Read(ref _current).Failures;

    /// <summary>How long until a call is admitted: zero if one would be now or a probe decides, null while isolated.</summary>
    internal TimeSpan? RetryAfter
    {
        get
        {
            var (s, now) = Look();
            return _rules.RetryAfter(s, now);
        }
    }

    /// <summary>Whether a call would be let through now. Changes nothing.</summary>
    internal bool WouldAdmit
    {
        get
        {
            var (s, now) = Look();
            return s.State != CircuitState.Isolated
                && now >= s.NotBefore
                && (s.State == CircuitState.Closed || (s.State == CircuitState.Open ? now >= s.Deadline : _rules.HasRoomForProbe(s)));
        }
    }

    /// <summary>Asks for leave to make a call. A refusal is a value, not an exception.</summary>
    /// <param name="permit">The leave, to be settled once; worthless if the answer is no.</param>
    /// <returns>Whether the call may be made. If it tests recovery, its permit expires after two minutes.</returns>
    public bool TryEnter(out CircuitPermit permit) => TryEnter(DefaultProbeTimeout, out permit, out _);

    /// <summary>Asks for leave to make a call. A refusal is a value, not an exception.</summary>
    /// <param name="probeTimeout">
    /// How long a probe may take before it counts as lost: the call's own time limit and a margin. Above zero, at most one day.
    /// </param>
    /// <param name="permit">The leave, to be settled once; worthless if the answer is no.</param>
    /// <param name="refusal">Why not, and when to ask again; worthless if the answer is yes.</param>
    /// <returns>Whether the call may be made.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probeTimeout"/> is out of its range.</exception>
    public bool TryEnter(TimeSpan probeTimeout, out CircuitPermit permit, out CircuitRefusal refusal)
    {
        var s = Volatile.Read(ref _current);
        if (s.State == CircuitState.Closed && s.NotBefore == 0)
        {
            permit = new CircuitPermit(this, s.Era, CircuitPermit.NoProbe);
            refusal = default;
            return true;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probeTimeout, TimeSpan.FromDays(1));
        return TryEnterUnlessClosed(probeTimeout, out permit, out refusal);
    }

    /// <summary>What the circuit is like now. Changes nothing.</summary>
    public CircuitStatus GetStatus()
    {
        var (s, now) = Look();
        return new CircuitStatus(
            Name,
            s.State,
            s.Era,
            s.Failures,
            Math.Max(0, _counters.Sum(Successes) - s.SuccessBase),
            s.LastFailureTime,
            s.LastFailureKind,
            _rules.RetryAfter(s, now),
            s.NotBefore > now,
            _counters.Sum(Rejections),
            _counters.Sum(LateResults),
            Options);
    }

    /// <summary>Holds the circuit open until <see cref="Reset"/>.</summary>
    public void Isolate()
    {
        CircuitSnapshot s;
        do
        {
            s = Volatile.Read(ref _current);
        }
        while (s.State != CircuitState.Isolated
            && !TryMove(s, CircuitRules.Isolate(s, _counters.Sum(Successes)), CircuitTransitionCause.Manual));
    }

    /// <summary>Closes the circuit and forgets its failures and whatever time the provider named.</summary>
    public void Reset()
    {
        CircuitSnapshot s, next;
        do
        {
            s = Volatile.Read(ref _current);
            next = CircuitRules.Close(s, _counters.Sum(Successes)) with { NotBefore = 0 };
            next = s.State == CircuitState.Closed ? next with { Era = s.Era } : next;
        }
        while (!TryMove(s, next, CircuitTransitionCause.Manual));
    }

    /// <summary>
    /// The provider named a time before which it is not to be called (Retry-After): no call is admitted until then, in any state.
    /// It lengthens an open circuit's break, and never shortens anything.
    /// </summary>
    /// <param name="retryAfter">The time, cut to <see cref="CircuitBreakerOptions.MaxRetryAfter"/>; zero and less change nothing.</param>
    public void Throttle(TimeSpan retryAfter)
    {
        CircuitSnapshot s;
        CircuitSnapshot? next;
        do
        {
            s = Volatile.Read(ref _current);
            next = _rules.Throttle(s, _time.GetTimestamp(), retryAfter);
        }
        while (next is not null && !TryReplace(s, next));
    }

    internal bool Counts(FailureKind kind) => _rules.Counts(kind);

    /// <summary>What the circuit is at this moment, lost probes dropped, without changing it.</summary>
    private (CircuitSnapshot Snapshot, long Now) Look()
    {
        var now = _time.GetTimestamp();
        var current = Volatile.Read(ref _current);
        return (_rules.ExpireProbes(current, now) ?? current, now);
    }

    private bool TryEnterUnlessClosed(TimeSpan probeTimeout, out CircuitPermit permit, out CircuitRefusal refusal)
    {
        while (true)
        {
            var s = Volatile.Read(ref _current);
            var now = _time.GetTimestamp();
            if (s.State == CircuitState.Open && now < s.Deadline)
            {
                return Refuse(CircuitRefusalReason.Open, s, now, out permit, out refusal);
            }

            if (s.State == CircuitState.Isolated)
            {
                return Refuse(CircuitRefusalReason.Isolated, s, now, out permit, out refusal);
            }

            if (s.State == CircuitState.HalfOpen && _rules.ExpireProbes(s, now) is { } expired)
            {
                TryMove(s, expired, CircuitTransitionCause.Probe);
                continue;
            }

            if (now < s.NotBefore)
            {
                return Refuse(CircuitRefusalReason.Throttled, s, now, out permit, out refusal);
            }

            if (s.State == CircuitState.HalfOpen && !_rules.HasRoomForProbe(s))
            {
                return Refuse(CircuitRefusalReason.ProbeInFlight, s, now, out permit, out refusal);
            }

            if (TryAdmit(s, now, probeTimeout, out permit))
            {
                refusal = default;
                return true;
            }
        }
    }

    private bool TryAdmit(CircuitSnapshot s, long now, TimeSpan probeTimeout, out CircuitPermit permit)
    {
        if (s.State == CircuitState.Closed)
        {
            // The named time is over: forgetting it gives later calls the short path back.
            permit = new CircuitPermit(this, s.Era, CircuitPermit.NoProbe);
            return s.NotBefore == 0 || TryReplace(s, s with { NotBefore = 0 });
        }

        var probe = new CircuitSnapshot.Probe(Interlocked.Increment(ref _lastProbe), _rules.After(now, probeTimeout));
        var next = s.State == CircuitState.Open
            ? CircuitRules.HalfOpen(s, probe, _counters.Sum(Successes))
            : CircuitRules.WithProbe(s, probe);
        permit = new CircuitPermit(this, next.Era, probe.Id);
        return TryMove(s, next, CircuitTransitionCause.Probe);
    }

    private bool Refuse(CircuitRefusalReason reason, CircuitSnapshot s, long now, out CircuitPermit permit, out CircuitRefusal refusal)
    {
        _counters.Add(Rejections);
        permit = default;
        refusal = new CircuitRefusal(reason, _rules.RetryAfter(s, now));
        return false;
    }

    private bool TryReplace(CircuitSnapshot from, CircuitSnapshot to) => Interlocked.CompareExchange(ref _current, to, from) == from;

    private bool TryMove(CircuitSnapshot from, CircuitSnapshot to, CircuitTransitionCause cause, FailureKind? kind = null)
    {
        if (!TryReplace(from, to))
        {
            return false;
        }

        if (to.Era != from.Era)
        {
            var opened = to.State == CircuitState.Open;
            var retryAfter = opened ? _rules.RetryAfter(to, _time.GetTimestamp()) : null;
            _transitions.Publish(new(Name, from.State, to.State, to.Era, cause, retryAfter, opened ? kind : null));
        }

        return true;
    }

    private void Tell(CircuitTransition transition)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                handler(this, transition);
            }
            catch (Exception)
            {
                // The handler's own failure: the other handlers, and later transitions, are told all the same.
            }
        }
    }
}

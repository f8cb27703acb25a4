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
    private static readonly TimeSpan LongestProbeTimeout = TimeSpan.FromDays(1);

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
        : this(name, options, timeProvider, JitterByEra(Random.Shared.NextDouble))
    {
    }

    internal CircuitBreaker(string name, CircuitBreakerOptions? options, TimeProvider? timeProvider, Func<long, double> jitter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options ??= new();
        var problems = options.Validate().ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        Name = name;
        Options = options.Clone();
        _time = timeProvider ?? TimeProvider.System;
        _rules = new CircuitRules(Options.Clone(), _time.TimestampFrequency, jitter);
        _transitions = new CircuitTransitionQueue(Tell);
    }

    /// <summary>
    /// Raised after each transition, in their order, each once, on a thread of the pool: a handler that throws, blocks or calls back
    /// changes nothing for any caller.
    /// </summary>
    public event EventHandler<CircuitTransition>? Changed;

    /// <summary>Who carries the circuit's changes to other processes; null if none does.</summary>
    internal ICircuitPeer? Peer { get; set; }

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
            s = ReadWithoutLostProbes(out _);
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
            s = ReadWithoutLostProbes(out _);
            next = CircuitRules.Close(s, _counters.Sum(Successes)) with { NotBefore = 0 };
            next = s.State == CircuitState.Closed ? next with { Era = s.Era, Streams = s.Streams } : next;
        }
        while (!TryMove(s, next, CircuitTransitionCause.Manual));
        Peer?.Reset();
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

        if (next is not null)
        {
            Peer?.Throttled(retryAfter);
        }
    }

    internal bool Counts(FailureKind kind) => _rules.Counts(kind);

    /// <summary>The same jitter whenever it is asked about one era, another in each circuit and era.</summary>
    internal static Func<long, double> JitterByEra(Func<double> random)
    {
        // The multiplier (of Fibonacci hashing) sets neighbouring eras far apart; a HashCode would differ from process to process.
        var seed = (int)(random() * int.MaxValue);
        return era => new Random(unchecked(seed ^ (int)(era * 2_654_435_769))).NextDouble();
    }

    /// <summary>The present snapshot, after dropping the probes whose time is over.</summary>
    private CircuitSnapshot ReadWithoutLostProbes(out long now)
    {
        while (true)
        {
            var s = Volatile.Read(ref _current);
            now = _time.GetTimestamp();
            if (_rules.ExpireProbes(s, now) is not { } next)
            {
                return s;
            }

            TryMove(s, next, CircuitTransitionCause.Probe);
        }
    }

    /// <summary>What the circuit is at this moment, lost probes dropped, without changing it.</summary>
    private (CircuitSnapshot Snapshot, long Now) Look()
    {
        var now = _time.GetTimestamp();
        var current = Volatile.Read(ref _current);
        return (_rules.ExpireProbes(current, now) ?? current, now);
    }

    // By reference: == of a record would take another snapshot with the same values, which was not replaced, for the one that was.
    private bool TryReplace(CircuitSnapshot from, CircuitSnapshot to) => ReferenceEquals(Interlocked.CompareExchange(ref _current, to, from), from);

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
            _transitions.Publish(new(Name, from.State, to.State, to.Era, cause, retryAfter, kind));
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

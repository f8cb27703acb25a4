using System.Globalization;

namespace FlexiAI;

/// <summary>
/// A time limit: a token that ends when the limit is over or the request is, and knows which. SDK timeouts cannot be trusted.
/// </summary>
/// <remarks>
/// Clocks are used again, because setting up a timer costs more than all else that an attempt does. The timer is left running from one
/// limit, and one attempt, to the next: it is touched only where it would ring too late, and when it rings too early it is set for the rest.
/// The token is new each time, since clients may keep theirs. A clock that rang is not used again.
/// </remarks>
internal sealed class AttemptClock : IDisposable
{
    // Timestamps of no moment: time stands still, and the limit ran out.
    private const long Never = long.MaxValue;
    private const long Rung = long.MinValue;

    private readonly ClockPool _pool;
    private readonly Lock _setting = new();
    private ITimer? _timer;
    private CancellationTokenSource _source = null!;
    private CancellationTokenRegistration _request;
    private TimeSpan _limit;
    private string _what = "";
    private long _deadline = Never;
    private long _ringsAt = Never;

    public AttemptClock(ClockPool pool) => _pool = pool;

    public CancellationToken Token { get; private set; }

    /// <summary>Whether the limit ran out.</summary>
    public bool HasRung => Volatile.Read(ref _deadline) == Rung;

    /// <summary>The failure that the clock's ringing is.</summary>
    public AnswerException Failure => new(
        FailureKind.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"No {_what} within {_limit.TotalSeconds:0.###} s."));

    /// <summary>Begins a use of the clock; its end is <see cref="Dispose"/>, once.</summary>
    /// <param name="now">The present timestamp.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="what">What must arrive within it.</param>
    /// <param name="request">Ends the token too.</param>
    public void Start(long now, TimeSpan limit, string what, CancellationToken request)
    {
        _source = new CancellationTokenSource();
        Token = _source.Token;
        _request = request.UnsafeRegister(static source => Cancel((CancellationTokenSource)source!), _source);
        Restart(now, limit, what);
    }

    /// <summary>Starts a limit, for the same or something else.</summary>
    public void Restart(long now, TimeSpan limit, string what)
    {
        if (HasRung)
        {
            return;
        }

        _limit = limit;
        _what = what;
        var deadline = now + _pool.Timestamps(limit);
        if (TryMove(deadline) && Volatile.Read(ref _ringsAt) > deadline)
        {
            Set(deadline, now);
        }
    }

    /// <summary>Stops the time: the caller has its turn.</summary>
    public void Pause() => TryMove(Never);

    public bool HasTimeFor(TimeSpan wait) => _pool.Now + _pool.Timestamps(wait) < Volatile.Read(ref _deadline);

    public void Cancel() => Cancel(_source);

    public void Dispose()
    {
        // Not disposed: that would wait for a callback of the SDK's that another thread is in.
        _request.Unregister();
        _request = default;
        _source.Dispose();
        if (TryMove(Never))
        {
            _pool.Return(this);
        }
        else
        {
            Discard();
        }
    }

    /// <summary>Ends the clock for good.</summary>
    public void Discard() => _timer?.Dispose();

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (Exception)
        {
            // Callbacks on the token are the SDK's; one that throws must not take a timer's or a caller's thread with it.
        }
    }

    /// <summary>Writes the deadline, unless the clock has rung. A full fence before the timer's setting is read, as the timer's thread has one between the two.</summary>
    private bool TryMove(long deadline)
    {
        var was = Volatile.Read(ref _deadline);
        return was != Rung && Interlocked.CompareExchange(ref _deadline, deadline, was) == was;
    }

    private void Set(long deadline, long now)
    {
        lock (_setting)
        {
            if (deadline < _ringsAt)
            {
                _ringsAt = deadline;
                SetTimer(_pool.Span(deadline - now));
            }
        }
    }

    private void SetTimer(TimeSpan due)
    {
        if (_timer is not null)
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
            return;
        }

        // The timer outlives the request that happened to need it first, and must not keep what flowed with that.
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _timer = _pool.Time.CreateTimer(static clock => ((AttemptClock)clock!).Ring(), this, due, Timeout.InfiniteTimeSpan);
        flow?.Undo();
    }

    private void Ring()
    {
        lock (_setting)
        {
            // From here on whoever moves the deadline sets the timer.
            var wasSetFor = Interlocked.Exchange(ref _ringsAt, Never);
            var deadline = Volatile.Read(ref _deadline);
            if (deadline is Never or Rung)
            {
                return;
            }

            // A timer that rings a little early for this very deadline has rung.
            var now = _pool.Now;
            if (deadline != wasSetFor && deadline > now)
            {
                Set(deadline, now);
                return;
            }

            if (Interlocked.CompareExchange(ref _deadline, Rung, deadline) != deadline)
            {
                return;
            }
        }

        Cancel(_source);
    }
}

using System.Globalization;

namespace FlexiAI;

/// <summary>
/// A time limit: a token that ends when the limit is over or the request is, and knows which. SDK timeouts cannot be trusted.
/// </summary>
/// <remarks>
/// Clocks are used again, because setting up a timer costs more than all else that an attempt does. The timer is left running from one
/// limit, and one attempt, to the next: it is touched only where it would ring too late, and when it rings too early it is set for the rest.
/// The token is new each time, since clients may keep theirs.
/// <para>
/// The deadline is moved by plain writes, twice for each streamed update; the timer's thread, which is there once in a long while, pays for
/// both: it makes all processors finish their writes between saying that no ring is set and reading the deadline. Either it sees a new
/// deadline, or who wrote that sees that the timer is to be set.
/// </para>
/// </remarks>
internal sealed class AttemptClock : IDisposable
{
    private const long Never = long.MaxValue;
    private const long Untimed = long.MinValue;

    private readonly ClockPool _pool;
    private readonly Lock _setting = new();
    private ITimer? _timer;
    private CancellationTokenSource? _source;
    private CancellationTokenSource? _rung;
    private CancellationTokenRegistration _request;
    private TimeSpan _limit;
    private string _what = "";
    private long _deadline = Never;
    private long _ringsAt = Never;

    public AttemptClock(ClockPool pool) => _pool = pool;

    public CancellationToken Token { get; private set; }

    /// <summary>Whether the limit ran out.</summary>
    public bool HasRung => Volatile.Read(ref _rung) is { } rung && rung == _source;

    /// <summary>The failure that the clock's ringing is.</summary>
    public AnswerException Failure => FailureOf(_limit, _what);

    /// <summary>The failure that something did not arrive within its limit.</summary>
    public static AnswerException FailureOf(TimeSpan limit, string what) => new(
        FailureKind.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"No {what} within {limit.TotalSeconds:0.###} s."));

    /// <summary>Begins a use of the clock; its end is <see cref="Dispose"/>, once.</summary>
    /// <param name="now">The present timestamp.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="what">What must arrive within it.</param>
    /// <param name="request">Ends the token too.</param>
    public void Start(long now, TimeSpan limit, string what, CancellationToken request)
    {
        var source = new CancellationTokenSource();
        Token = source.Token;
        _request = request.UnsafeRegister(static source => Cancel((CancellationTokenSource)source!), source);
        Volatile.Write(ref _source, source);
        Restart(now, limit, what);
    }

    /// <summary>Starts a limit, for the same or something else.</summary>
    public void Restart(long now, TimeSpan limit, string what)
    {
        // What rang stays what it was.
        if (HasRung)
        {
            return;
        }

        _limit = limit;
        _what = what;
        var deadline = now + _pool.Timestamps(limit);
        Volatile.Write(ref _deadline, deadline);
        if (Volatile.Read(ref _ringsAt) > deadline)
        {
            Set(deadline, now);
        }
    }

    /// <summary>
    /// Starts a limit for work that is likely to be done before it could be timed: reading the time costs more than that. Work that goes on is
    /// to be timed by <see cref="Restart"/>; if it holds its thread instead, the limit counts from when the timer next rings.
    /// </summary>
    public void RestartUntimed(TimeSpan limit, string what)
    {
        if (HasRung)
        {
            return;
        }

        (_limit, _what) = (limit, what);
        Volatile.Write(ref _deadline, Untimed);
        if (Volatile.Read(ref _ringsAt) == Never)
        {
            Restart(_pool.Now, limit, what);
        }
    }

    /// <summary>Stops the time: the caller has its turn.</summary>
    public void Pause() => Volatile.Write(ref _deadline, Never);

    public bool HasTimeFor(TimeSpan wait) => _pool.Now + _pool.Timestamps(wait) < Volatile.Read(ref _deadline);

    public void Cancel() => Cancel(_source!);

    public void Dispose()
    {
        // Not disposed: that would wait for a callback of the SDK's that another thread is in.
        _request.Unregister();
        _request = default;
        Pause();
        _source!.Dispose();
        _source = null;
        _pool.Return(this);
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
        CancellationTokenSource? source;
        lock (_setting)
        {
            var wasSetFor = _ringsAt;
            Volatile.Write(ref _ringsAt, Never);
            Interlocked.MemoryBarrierProcessWide();

            // The token first: if the clock passes to another attempt meanwhile, the new deadline is found not to be due.
            source = Volatile.Read(ref _source);
            var now = _pool.Now;
            long deadline;
            while ((deadline = Volatile.Read(ref _deadline)) == Untimed)
            {
                Interlocked.CompareExchange(ref _deadline, now + _pool.Timestamps(_limit), Untimed);
            }

            if (deadline == Never || source is null)
            {
                return;
            }

            // A timer that rings a little early for this very deadline has rung.
            if (deadline != wasSetFor && deadline > now)
            {
                Set(deadline, now);
                return;
            }

            Volatile.Write(ref _rung, source);
        }

        Cancel(source);
    }
}

namespace FlexiAI.Tests.Circuits;

/// <summary>
/// What circuit.md says, written down a second time without a thought of threads: every deadline and loss is dealt with when time
/// passes it, one moment after the other, where the breaker looks only when somebody asks. Times are ticks.
/// </summary>
internal sealed class CircuitModel(CircuitBreakerOptions options)
{
    private readonly Dictionary<int, long> _probes = [];
    private readonly HashSet<int> _streams = [];
    private int _probeSuccesses;
    private int _lost;
    private int _opens;
    private long _deadline;
    private long _notBefore;

    public long Now { get; private set; }

    public CircuitState State { get; private set; }

    public long Era { get; private set; } = 1;

    public int Failures { get; private set; }

    public long Successes { get; private set; }

    public HashSet<(CircuitState From, CircuitState To)> Arrows { get; } = [];

    public void Advance(long ticks)
    {
        var end = Now + ticks;
        while (_probes.Count > 0 && _probes.Values.Min() is var expiry && expiry <= end)
        {
            Now = expiry;
            _probes.Remove(_probes.First(probe => probe.Value == expiry).Key);
            if (++_lost == options.HalfOpenMaxCalls)
            {
                Open();
            }
        }

        Now = end;
    }

    /// <summary>Null if refused; otherwise whether the call is a probe.</summary>
    public bool? Enter(int call, long probeTime)
    {
        if (State == CircuitState.Isolated || Now < _notBefore || (State == CircuitState.Open && Now < _deadline))
        {
            return null;
        }

        if (State == CircuitState.Closed)
        {
            return false;
        }

        if (State == CircuitState.Open)
        {
            Move(CircuitState.HalfOpen);
        }
        else if (_probes.Count + _probeSuccesses >= options.HalfOpenMaxCalls)
        {
            return null;
        }

        _probes[call] = Now + probeTime;
        return true;
    }

    /// <summary>Settles a call that began in an era; true if a stream goes on.</summary>
    public bool Settle(int call, long era, bool probe, bool? success, bool goesOn, long retryAfter)
    {
        if (era != Era || (probe && !_probes.ContainsKey(call) && !_streams.Contains(call)))
        {
            return false;
        }

        if (goesOn && _streams.Contains(call))
        {
            // A second first content.
            return true;
        }

        var first = !probe || _probes.Remove(call);
        _streams.Remove(call);
        if (success == false)
        {
            Fail(retryAfter);
        }
        else if (success == true && first)
        {
            Succeed(call, probe, goesOn);
            return probe && goesOn;
        }

        return false;
    }

    public void Throttle(long ticks)
    {
        if (ticks > 0)
        {
            _notBefore = Math.Max(_notBefore, Now + Math.Min(ticks, options.MaxRetryAfter.Ticks));
            _deadline = State == CircuitState.Open ? Math.Max(_deadline, _notBefore) : _deadline;
        }
    }

    public void Isolate()
    {
        if (State != CircuitState.Isolated)
        {
            Move(CircuitState.Isolated);
        }
    }

    public void Reset()
    {
        _notBefore = 0;
        Failures = 0;
        Successes = 0;
        if (State != CircuitState.Closed)
        {
            Move(CircuitState.Closed);
        }
    }

    private void Succeed(int call, bool probe, bool goesOn)
    {
        if (!probe)
        {
            Failures = 0;
        }
        else if (++_probeSuccesses == options.HalfOpenMaxCalls)
        {
            Move(CircuitState.Closed);
        }

        Successes++;
        if (probe && goesOn)
        {
            _streams.Add(call);
        }
    }

    private void Fail(long retryAfter)
    {
        Successes = 0;
        Throttle(retryAfter);
        if (State == CircuitState.HalfOpen || ++Failures == options.FailureThreshold)
        {
            Open();
        }
    }

    private void Open()
    {
        Move(CircuitState.Open);
        var grown = options.RecoveryTimeout.Ticks * Math.Pow(options.RecoveryBackoffFactor, _opens++);
        _deadline = Math.Max(Now + (long)Math.Min(grown, options.MaxRecoveryTimeout.Ticks), _notBefore);
    }

    private void Move(CircuitState to)
    {
        Arrows.Add((State, to));
        State = to;
        Era++;
        Successes = 0;
        _probes.Clear();
        _streams.Clear();
        _probeSuccesses = 0;
        _lost = 0;
        if (to == CircuitState.Closed)
        {
            Failures = 0;
            _opens = 0;
        }
    }
}

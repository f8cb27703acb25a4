namespace FlexiAI.Tests.Circuits;

/// <summary>
/// What is said of circuits, written down a second time without a thought of threads: every deadline and loss is dealt with when time
/// passes it, one moment after the other, where the breaker looks only when somebody asks. Times are ticks.
/// </summary>
internal sealed class CircuitModel(CircuitBreakerOptions options)
{
    private Dictionary<int, long> _probes = [];
    private HashSet<int> _streams = [];
    private int _calls;
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

    public long Rejections { get; private set; }

    public long LateResults { get; private set; }

    public FailureKind? LastFailure { get; private set; }

    public List<(CircuitState From, CircuitState To, long Era, CircuitTransitionCause Cause)> Transitions { get; private set; } = [];

    public bool Throttled => Now < _notBefore;

    /// <summary>When a probe that is out is lost, soonest first.</summary>
    public IEnumerable<long> Expiries => _probes.Values.Order();

    /// <summary>How long until a call passes or finds the circuit half-open, found by trying each moment at which something changes.</summary>
    public long? RetryAfter
    {
        get
        {
            if (State == CircuitState.Isolated)
            {
                return null;
            }

            // A break may begin only when the last probe is lost.
            var trial = Clone();
            while (trial.Enter(1) is (null, not CircuitRefusalReason.ProbeInFlight))
            {
                trial.Advance(new[] { trial._notBefore, trial._deadline }.Concat(trial.Expiries).Where(at => at > trial.Now).Min() - trial.Now);
            }

            return trial.Now - Now;
        }
    }

    public void Advance(long ticks)
    {
        var end = Now + ticks;
        while (_probes.Count > 0 && _probes.Values.Min() is var expiry && expiry <= end)
        {
            Now = expiry;
            _probes.Remove(_probes.First(probe => probe.Value == expiry).Key);
            if (++_lost == options.HalfOpenMaxCalls)
            {
                Open(CircuitTransitionCause.Probe);
            }
        }

        Now = end;
    }

    public (Pass? Pass, CircuitRefusalReason? Refusal) Enter(long probeTime)
    {
        if (State == CircuitState.Open && Now < _deadline)
        {
            return Refuse(CircuitRefusalReason.Open);
        }

        if (State == CircuitState.Isolated)
        {
            return Refuse(CircuitRefusalReason.Isolated);
        }

        if (Throttled)
        {
            return Refuse(CircuitRefusalReason.Throttled);
        }

        _calls++;
        if (State == CircuitState.Closed)
        {
            return (new Pass(_calls, Era, IsProbe: false), null);
        }

        if (State == CircuitState.Open)
        {
            Move(CircuitState.HalfOpen, CircuitTransitionCause.Probe);
        }
        else if (_probes.Count + _probeSuccesses >= options.HalfOpenMaxCalls)
        {
            return Refuse(CircuitRefusalReason.ProbeInFlight);
        }

        _probes[_calls] = Now + probeTime;
        return (new Pass(_calls, Era, IsProbe: true), null);
    }

    /// <summary>Whether a settlement would be the first, in time, and of this era.</summary>
    public bool Awaits(Pass pass) =>
        pass.Era == Era && (!pass.IsProbe || (pass.IsStream ? _streams.Contains(pass.Call) : _probes.ContainsKey(pass.Call)));

    /// <summary>Ends a call. What it returns stands for the call from then on: it is another only for the rest of a stream, and null if there is none.</summary>
    public Pass? Settle(Pass pass, Verdict verdict, FailureKind? kind, long retryAfter)
    {
        if (verdict == Verdict.FirstContent && (!pass.IsProbe || pass.IsStream))
        {
            return pass;
        }

        if (!Awaits(pass))
        {
            LateResults++;
            return null;
        }

        _probes.Remove(pass.Call);
        _streams.Remove(pass.Call);
        if (verdict == Verdict.Failure && (kind is not { } known || options.CountedFailures.Contains(known)))
        {
            Fail(kind, retryAfter);
        }
        else if (verdict is Verdict.Success or Verdict.FirstContent && !pass.IsStream)
        {
            Succeed(pass);
            if (verdict == Verdict.FirstContent)
            {
                _streams.Add(pass.Call);
                return pass with { Era = Era, IsStream = true };
            }
        }

        return null;
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
            Move(CircuitState.Isolated, CircuitTransitionCause.Manual);
        }
    }

    public void Reset()
    {
        _notBefore = 0;
        Failures = 0;
        Successes = 0;
        if (State != CircuitState.Closed)
        {
            Move(CircuitState.Closed, CircuitTransitionCause.Manual);
        }
    }

    private CircuitModel Clone()
    {
        var copy = (CircuitModel)MemberwiseClone();
        copy._probes = new(_probes);
        copy._streams = [.. _streams];
        copy.Transitions = [.. Transitions];
        return copy;
    }

    private (Pass? Pass, CircuitRefusalReason? Refusal) Refuse(CircuitRefusalReason reason)
    {
        Rejections++;
        return (null, reason);
    }

    private void Succeed(Pass pass)
    {
        if (!pass.IsProbe)
        {
            Failures = 0;
        }
        else if (++_probeSuccesses == options.HalfOpenMaxCalls)
        {
            Move(CircuitState.Closed, CircuitTransitionCause.Probe);
        }

        Successes++;
    }

    private void Fail(FailureKind? kind, long retryAfter)
    {
        Successes = 0;
        LastFailure = kind;
        Throttle(retryAfter);
        if (State == CircuitState.HalfOpen)
        {
            Open(CircuitTransitionCause.Probe);
        }
        else if (++Failures == options.FailureThreshold)
        {
            Open(CircuitTransitionCause.Threshold);
        }
    }

    private void Open(CircuitTransitionCause cause)
    {
        Move(CircuitState.Open, cause);
        var grown = options.RecoveryTimeout.Ticks * Math.Pow(options.RecoveryBackoffFactor, _opens++);
        _deadline = Math.Max(Now + (long)Math.Min(grown, options.MaxRecoveryTimeout.Ticks), _notBefore);
    }

    private void Move(CircuitState to, CircuitTransitionCause cause)
    {
        Transitions.Add((State, to, ++Era, cause));
        State = to;
        Successes = 0;
        _deadline = 0;
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

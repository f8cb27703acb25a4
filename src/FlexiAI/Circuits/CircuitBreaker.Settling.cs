namespace FlexiAI;

/// <content>What the end of a call does to the circuit.</content>
public sealed partial class CircuitBreaker
{
    internal void Succeed(CircuitPermit permit)
    {
        while (true)
        {
            var s = Volatile.Read(ref _current);
            if (permit.Probe == CircuitPermit.SettledProbe)
            {
                return;
            }

            if (permit.IsProbe)
            {
                if (!TryFindProbe(ref s, permit, out var probe))
                {
                    return;
                }

                if (TryMove(s, _rules.AfterProbeSuccess(s, probe, _counters.Sum(Successes)), CircuitTransitionCause.Probe))
                {
                    _counters.Add(Successes);
                    return;
                }
            }
            else if (IsLate(s, permit))
            {
                return;
            }
            else if (s.Failures == 0 || TryReplace(s, CircuitRules.AfterSuccess(s)))
            {
                _counters.Add(Successes);
                return;
            }
        }
    }

    internal void Fail(CircuitPermit permit, FailureKind? kind, TimeSpan? retryAfter)
    {
        if (!_rules.Counts(kind))
        {
            Abstain(permit);
            return;
        }

        while (true)
        {
            var s = Volatile.Read(ref _current);
            var failure = new CircuitFailure(_time.GetTimestamp(), _time.GetUtcNow(), kind, retryAfter, _counters.Sum(Successes));
            if (permit.Probe > CircuitPermit.NoProbe)
            {
                if (!TryFindProbe(ref s, permit, out _) || TryMove(s, _rules.AfterProbeFailure(s, failure), CircuitTransitionCause.Probe, kind))
                {
                    return;
                }
            }
            else if (IsLate(s, permit))
            {
                return;
            }
            else if (permit.IsProbe
                ? TryMove(s, _rules.AfterProbeFailure(s, failure), CircuitTransitionCause.Probe, kind)
                : TryMove(s, _rules.AfterFailure(s, failure), CircuitTransitionCause.Threshold, kind))
            {
                return;
            }
        }
    }

    internal void Abstain(CircuitPermit permit)
    {
        if (permit.Probe <= CircuitPermit.NoProbe)
        {
            return;
        }

        CircuitSnapshot s;
        int probe;
        do
        {
            s = Volatile.Read(ref _current);
            if (!TryFindProbe(ref s, permit, out probe))
            {
                return;
            }
        }
        while (!TryReplace(s, CircuitRules.WithoutProbe(s, probe)));
    }

    internal CircuitPermit Begin(CircuitPermit permit)
    {
        if (permit.Probe <= CircuitPermit.NoProbe)
        {
            return permit;
        }

        Succeed(permit);

        // If that success closed the circuit, the rest of the stream is a call of the new, closed era.
        var s = Volatile.Read(ref _current);
        return s.State == CircuitState.Closed && s.Era == permit.Era + 1
            ? new CircuitPermit(this, s.Era, CircuitPermit.NoProbe)
            : new CircuitPermit(this, permit.Era, CircuitPermit.SettledProbe);
    }

    /// <summary>Finds a probe that is still out, first dropping those whose time is over; counts the result as late if it is not among them.</summary>
    private bool TryFindProbe(ref CircuitSnapshot s, CircuitPermit permit, out int probe)
    {
        while (_rules.ExpireProbes(s, _time.GetTimestamp()) is { } expired)
        {
            TryMove(s, expired, CircuitTransitionCause.Probe);
            s = Volatile.Read(ref _current);
        }

        probe = s.Era == permit.Era ? s.IndexOfProbe(permit.Probe) : -1;
        if (probe < 0)
        {
            _counters.Add(LateResults);
        }

        return probe >= 0;
    }

    private bool IsLate(CircuitSnapshot s, CircuitPermit permit)
    {
        if (s.Era == permit.Era)
        {
            return false;
        }

        _counters.Add(LateResults);
        return true;
    }
}

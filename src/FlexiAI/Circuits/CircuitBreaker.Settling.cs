namespace FlexiAI;

/// <content>What the end of a call does to the circuit.</content>
public sealed partial class CircuitBreaker
{
    internal void Succeed(CircuitPermit permit)
    {
        if (permit.IsProbe)
        {
            if (permit.IsStream)
            {
                Abstain(permit);
            }
            else
            {
                SucceedProbe(permit, goesOn: false);
            }

            return;
        }

        while (true)
        {
            var s = Volatile.Read(ref _current);
            if (IsLate(s, permit))
            {
                return;
            }

            if (s.Failures == 0 || TryReplace(s, CircuitRules.AfterSuccess(s)))
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
            var s = ReadToSettle(permit);
            if (IsLate(s, permit))
            {
                return;
            }

            var failure = new CircuitFailure(_time.GetTimestamp(), _time.GetUtcNow(), kind, retryAfter, _counters.Sum(Successes));
            if (s.State == CircuitState.HalfOpen)
            {
                var opened = _rules.AfterProbeFailure(s, failure);
                if (TryMove(s, opened, CircuitTransitionCause.Probe, kind))
                {
                    Peer?.ProbeSettled(permit.Probe, CircuitVote.Fail, _rules.RetryAfter(opened, failure.At) ?? TimeSpan.Zero);
                    return;
                }
            }
            else
            {
                var next = _rules.AfterFailure(CircuitRules.Without(s, permit.Probe), failure);
                if (TryMove(s, next, CircuitTransitionCause.Threshold, kind))
                {
                    if (next.State == CircuitState.Open)
                    {
                        Peer?.Tripped(_rules.RetryAfter(next, failure.At) ?? TimeSpan.Zero, kind);
                    }

                    return;
                }
            }
        }
    }

    internal void Abstain(CircuitPermit permit)
    {
        CircuitSnapshot s;
        do
        {
            s = ReadToSettle(permit);
            if (IsLate(s, permit))
            {
                return;
            }
        }
        while (permit.IsProbe && !TryReplace(s, CircuitRules.Without(s, permit.Probe)));

        if (permit is { IsProbe: true, IsStream: false })
        {
            Peer?.ProbeSettled(permit.Probe, CircuitVote.Neutral, TimeSpan.Zero);
        }
    }

    // If the success closes the circuit, the rest of the stream is a call of the new, closed era.
    internal CircuitPermit Begin(CircuitPermit permit) =>
        !permit.IsProbe || permit.IsStream ? permit
        : SucceedProbe(permit, goesOn: true) is { } s ? new CircuitPermit(this, s.Era, permit.Probe, isStream: true)
        : default;

    private CircuitSnapshot? SucceedProbe(CircuitPermit permit, bool goesOn)
    {
        while (true)
        {
            var s = ReadToSettle(permit);
            if (IsLate(s, permit))
            {
                return null;
            }

            var next = _rules.AfterProbeSuccess(s, permit.Probe, goesOn, _counters.Sum(Successes));
            if (TryMove(s, next, CircuitTransitionCause.Probe))
            {
                _counters.Add(Successes);
                Peer?.ProbeSettled(permit.Probe, CircuitVote.Ok, TimeSpan.Zero);
                return next;
            }
        }
    }

    // A call that is no probe, or of another era, has no need of the time.
    private CircuitSnapshot ReadToSettle(CircuitPermit permit)
    {
        var s = Volatile.Read(ref _current);
        return permit.IsProbe && s.Era == permit.Era ? ReadWithoutLostProbes(out _) : s;
    }

    /// <summary>Whether the result changes nothing: its era is over, its probe is lost, or was settled before. Counts it if so.</summary>
    private bool IsLate(CircuitSnapshot s, CircuitPermit permit)
    {
        if (permit.IsProbe ? s.Awaits(permit) : s.Era == permit.Era)
        {
            return false;
        }

        _counters.Add(LateResults);
        if (permit is { IsProbe: true, IsStream: false })
        {
            // Its place among the others is free, whoever took the circuit from it.
            Peer?.ProbeSettled(permit.Probe, CircuitVote.Neutral, TimeSpan.Zero);
        }

        return true;
    }
}

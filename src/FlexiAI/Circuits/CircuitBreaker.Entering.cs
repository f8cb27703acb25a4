namespace FlexiAI;

/// <content>Who is let through.</content>
public sealed partial class CircuitBreaker
{
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
        if (probeTimeout <= TimeSpan.Zero || probeTimeout > LongestProbeTimeout)
        {
            throw new ArgumentOutOfRangeException(nameof(probeTimeout), probeTimeout, "A probe's time is above zero and at most one day.");
        }

        var s = Volatile.Read(ref _current);
        if (s.State == CircuitState.Closed && s.NotBefore == 0)
        {
            permit = new CircuitPermit(this, s.Era, CircuitPermit.NoProbe);
            refusal = default;
            return true;
        }

        return TryEnterUnlessClosed(probeTimeout, hasLease: false, out permit, out refusal);
    }

    /// <summary>As <see cref="TryEnter(TimeSpan, out CircuitPermit, out CircuitRefusal)"/>, the others that share the circuit having been asked.</summary>
    internal bool TryEnterWithLease(TimeSpan probeTimeout, out CircuitPermit permit, out CircuitRefusal refusal) =>
        TryEnterUnlessClosed(probeTimeout, hasLease: true, out permit, out refusal);

    private bool TryEnterUnlessClosed(TimeSpan probeTimeout, bool hasLease, out CircuitPermit permit, out CircuitRefusal refusal)
    {
        while (true)
        {
            var s = ReadWithoutLostProbes(out var now);
            if (s.State == CircuitState.Open && now < s.Deadline)
            {
                return Refuse(CircuitRefusalReason.Open, s, now, out permit, out refusal);
            }

            if (s.State == CircuitState.Isolated)
            {
                return Refuse(CircuitRefusalReason.Isolated, s, now, out permit, out refusal);
            }

            if (now < s.NotBefore)
            {
                return Refuse(CircuitRefusalReason.Throttled, s, now, out permit, out refusal);
            }

            if (s.State == CircuitState.HalfOpen && !_rules.HasRoomForProbe(s))
            {
                return Refuse(CircuitRefusalReason.ProbeInFlight, s, now, out permit, out refusal);
            }

            if (s.State != CircuitState.Closed && !hasLease && Peer is { GrantsProbes: true } peer)
            {
                var entry = peer.EnterAtOnce(probeTimeout)
                    ?? new CircuitEntry(false, default, new CircuitRefusal(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero) { NeedsLease = true });
                (permit, refusal) = (entry.Permit, entry.Refusal);
                return entry.IsIn;
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

    /// <summary>The others that share the circuit refused a probe.</summary>
    internal void RefuseProbe() => _counters.Add(Rejections);

    private bool Refuse(CircuitRefusalReason reason, CircuitSnapshot s, long now, out CircuitPermit permit, out CircuitRefusal refusal)
    {
        _counters.Add(Rejections);
        permit = default;
        refusal = new CircuitRefusal(reason, _rules.RetryAfter(s, now));
        return false;
    }
}

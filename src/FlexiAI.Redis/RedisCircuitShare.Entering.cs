namespace FlexiAI;

/// <content>Who tests a recovery.</content>
internal sealed partial class RedisCircuitShare
{
    private static readonly TimeSpan RefusalKept = TimeSpan.FromMilliseconds(50);

    public override CircuitEntry? EnterAtOnce(TimeSpan probeTimeout) =>
        _link.Time.GetTimestamp() < Volatile.Read(ref _refusedUntil) ? Refuse(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero) : null;

    public override async ValueTask<CircuitEntry> EnterAsync(TimeSpan probeTimeout)
    {
        // No more questions at once than there are places: the others would be refused.
        if (Interlocked.Increment(ref _asking) > Shared.Places)
        {
            Interlocked.Decrement(ref _asking);
            return Refuse(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero);
        }

        try
        {
            var lease = _leases.Name();
            var (seen, lasts) = (Epoch, probeTimeout < _link.Options.LeaseTime ? probeTimeout : _link.Options.LeaseTime);
            var asked = _link.IsUp;
            return await _link.CallAsync(store => store.AcquireAsync(Shared, seen, lease, lasts)).ConfigureAwait(false) is { } view
                ? Answer(view, lease, probeTimeout)
                : Enter(probeTimeout, asked ? lease : null, 0);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    private CircuitEntry Answer(CircuitView view, string lease, TimeSpan probeTimeout)
    {
        if (view.Accepted)
        {
            lock (_taking)
            {
                _known = view.Epoch > _known.Epoch ? view : _known;
            }

            return Enter(probeTimeout, lease, view.Epoch);
        }

        Take(view);
        switch (view.State)
        {
            case CircuitState.Closed:
                // Open here alone: this process tests by itself.
                return Enter(probeTimeout, lease: null, 0);
            case CircuitState.HalfOpen:
                Volatile.Write(ref _refusedUntil, _link.Time.GetTimestamp() + (long)(RefusalKept.TotalSeconds * (1 + Random.Shared.NextDouble()) * _link.Time.TimestampFrequency));
                return Refuse(CircuitRefusalReason.ProbeInFlight, TimeSpan.Zero);
            case CircuitState.Isolated:
                return Refuse(CircuitRefusalReason.Isolated, null);
            default:
                return Refuse(CircuitRefusalReason.Open, view.Remaining);
        }
    }

    private CircuitEntry Enter(TimeSpan probeTimeout, string? lease, long epoch)
    {
        var isIn = _circuit.TryEnterWithLease(probeTimeout, out var permit, out var refusal);
        if (lease is not null)
        {
            var held = new ProbeLease(lease, epoch);
            if (_left)
            {
                // The outbox is closed already.
                _ = _link.CallAsync(store => store.ReportAsync(Shared, epoch, lease, CircuitVote.Neutral, nameof(CircuitVote.Neutral), TimeSpan.Zero));
            }
            else if (isIn && permit.IsProbe)
            {
                _leases.Begin(permit.Probe, held, probeTimeout);
            }
            else
            {
                Report(held, CircuitVote.Neutral, TimeSpan.Zero);
            }
        }

        return new CircuitEntry(isIn, permit, refusal);
    }

    private CircuitEntry Refuse(CircuitRefusalReason reason, TimeSpan? retryAfter)
    {
        _circuit.RefuseProbe();
        return new CircuitEntry(false, default, new CircuitRefusal(reason, retryAfter));
    }
}

using System.Collections.Concurrent;

namespace FlexiAI;

/// <summary>One circuit of this process and its counterpart in Redis: asks before probes, carries changes there, takes changes over from there.</summary>
internal sealed partial class RedisCircuitShare : CircuitShare
{
    private static readonly TimeSpan RefusalKept = TimeSpan.FromMilliseconds(50);

    private readonly CircuitBreaker _circuit;
    private readonly RedisLink _link;
    private readonly CircuitOutbox _outbox = new();
    private readonly ProbeLeases _leases;
    private readonly UntoldVotes _untoldVotes = new();
    private readonly Lock _taking = new();
    private CircuitView _known;
    private string? _untoldTrip;
    private long _refusedUntil;
    private int _asking;

    public RedisCircuitShare(CircuitBreaker circuit, RedisLink link)
    {
        (_circuit, _link) = (circuit, link);
        Shared = new SharedCircuit(link.Keys, circuit.Name, circuit.Options, link.Options.Quorum);
        _leases = new ProbeLeases(link);
        circuit.Changed += (_, transition) => Withdraw(transition);
    }

    public SharedCircuit Shared { get; }

    public override bool GrantsProbes => _link.IsUp;

    /// <summary>Carries changes until <see cref="Stop"/>.</summary>
    public Task RunAsync() => _outbox.RunAsync(_link, TakeReply);

    public void Stop() => _outbox.Close();

    /// <summary>Ends when all changes so far are carried.</summary>
    public Task FlushAsync() => _outbox.FlushAsync();

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

    public override void Tripped(TimeSpan breakTime, FailureKind? kind)
    {
        // One bad node must not open the fleet: only what the provider itself said counts for all.
        if (kind is FailureKind.Authentication or FailureKind.QuotaExhausted or FailureKind.RateLimited or FailureKind.ServerError or FailureKind.ModelNotFound)
        {
            lock (_taking)
            {
                _untoldTrip = kind.ToString();
            }

            Trip(kind.ToString()!, breakTime);
        }
    }

    public override void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime)
    {
        if (_leases.TryEnd(probe, out var lease))
        {
            // A place of this process's own is free again.
            Volatile.Write(ref _refusedUntil, 0);
            Report(lease, vote, breakTime);
        }
    }

    public override void Throttled(TimeSpan retryAfter)
    {
        _outbox.Send(store => store.ExtendAsync(Shared, Epoch, retryAfter));
    }

    public override void Reset() => Force(isolated: false);

    public override void Isolate() => Force(isolated: true);

    public override CircuitSharingStatus GetStatus()
    {
        lock (_taking)
        {
            return new(_link.IsUp, _known.Epoch, _link.LastContact, NullIfEmpty(_known.By), NullIfEmpty(_known.Cause));
        }
    }

    /// <summary>What Redis says of the circuit now. Takes it over, or tells Redis what it missed.</summary>
    public void Sync(CircuitView view)
    {
        Take(view);
        _untoldVotes.Retell(view, (lease, vote, breakTime) => Report(lease, vote, breakTime));
        _leases.Renew((lease, lasts) => _outbox.Send(store => store.RenewAsync(Shared, lease.Epoch, lease.Name, lasts)));
        var status = _circuit.GetStatus();
        lock (_taking)
        {
            var restated = view.Epoch < _known.Epoch && Restate(status);
            if (!restated && _untoldTrip is { } cause && view.State == CircuitState.Closed && status.State == CircuitState.Open)
            {
                Trip(cause, status.RetryAfter ?? TimeSpan.Zero);
            }
        }
    }

    private long Epoch
    {
        get
        {
            lock (_taking)
            {
                return _known.Epoch;
            }
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
            if (isIn && permit.IsProbe)
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

    // The reply to a change of this process's own: if it was made, the circuit here is in that state already, or has moved on since.
    private void TakeReply(CircuitView view)
    {
        if (!view.Accepted)
        {
            Take(view);
            return;
        }

        lock (_taking)
        {
            if (view.Epoch > _known.Epoch)
            {
                _known = view;
                _untoldTrip = null;
            }
        }

        if (view.State == CircuitState.Open)
        {
            _circuit.Align(view.Remaining, view.Opens);
        }
    }

    private void Take(CircuitView view)
    {
        lock (_taking)
        {
            var state = _circuit.GetStatus().State;
            if (view.Epoch > _known.Epoch)
            {
                var isolatedHere = state == CircuitState.Isolated && _known.State != CircuitState.Isolated;
                _known = view;
                _untoldTrip = null;
                if (!isolatedHere && (view.State != state || state == CircuitState.HalfOpen))
                {
                    _circuit.Adopt(view.State, view.Remaining, view.Opens);
                    return;
                }
            }

            if (view.Epoch == _known.Epoch && view.State == CircuitState.Open && state == CircuitState.Open)
            {
                _circuit.Align(view.Remaining, view.Opens);
            }
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

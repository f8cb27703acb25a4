namespace FlexiAI;

/// <summary>One circuit of this process and its counterpart in Redis: asks before probes, carries changes there, takes changes over from there.</summary>
internal sealed partial class RedisCircuitShare : CircuitShare
{
    private readonly CircuitBreaker _circuit;
    private readonly RedisLink _link;
    private readonly CircuitOutbox _outbox = new();
    private readonly ProbeLeases _leases;
    private readonly UntoldVotes _untoldVotes = new();
    private readonly Lock _taking = new();
    private CircuitView _known;
    private string? _untoldTrip;
    private (bool Isolated, long Since)? _untoldForce;
    private bool _isolatedForAll;
    private string _otherSettings = "";
    private long _refusedUntil;
    private int _asking;
    private volatile bool _left;

    public RedisCircuitShare(CircuitBreaker circuit, RedisLink link)
    {
        (_circuit, _link) = (circuit, link);
        Shared = new SharedCircuit(link.Keys, circuit.Name, circuit.Options, link.Options.Quorum);
        _leases = new ProbeLeases(link);
        circuit.Changed += Withdraw;
    }

    public SharedCircuit Shared { get; }

    public bool IsOf(CircuitBreaker circuit) => _circuit == circuit;

    public override bool GrantsProbes => _link.IsUp && !_left;

    /// <summary>Carries changes until <see cref="Stop"/>.</summary>
    public Task RunAsync() => _outbox.RunAsync(_link, TakeReply);

    public void Stop() => _outbox.Close();

    /// <summary>Ends the sharing: what was to be told still is, and the places of probes that are out are given back.</summary>
    public void Leave()
    {
        _circuit.Changed -= Withdraw;
        _left = true;
        _leases.EndAll(lease => Report(lease, CircuitVote.Neutral, TimeSpan.Zero));
        _outbox.Close();
    }

    /// <summary>Ends when all changes so far are carried.</summary>
    public Task FlushAsync() => _outbox.FlushAsync();

    public override void Tripped(TimeSpan breakTime, FailureKind? kind)
    {
        // One bad node must not open the fleet: only what the provider itself said counts for all.
        if (kind is FailureKind.Authentication or FailureKind.QuotaExhausted or FailureKind.RateLimited or FailureKind.ServerError or FailureKind.ModelNotFound)
        {
            lock (_taking)
            {
                (_untoldTrip, _untoldForce) = (kind.ToString(), null);
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

    public override void Reset() => ByHand(isolated: false);

    public override void Isolate() => ByHand(isolated: true);

    public override CircuitSharingStatus GetStatus()
    {
        lock (_taking)
        {
            return new(_link.IsUp, _known.Epoch, _link.LastContact, NullIfEmpty(_known.By), NullIfEmpty(_known.Cause));
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

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

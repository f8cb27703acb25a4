namespace FlexiAI.Tests;

/// <content>The operations, in the words of the design.</content>
internal sealed partial class StoreModel
{
    public bool Trip(Caller caller, long now, string cause, long atLeast, long vote)
    {
        if (State != CircuitState.Closed || caller.Seen < Epoch)
        {
            return false;
        }

        var voices = _votes.Where(other => other.Value > now).Select(other => other.Key).Append(caller.Process).Distinct().Count();
        if (voices >= quorum)
        {
            Open(caller, now, atLeast, cause);
            return true;
        }

        DropExpired(_votes, now);
        _votes[caller.Process] = Math.Max(_votes.GetValueOrDefault(caller.Process), now + (vote * 1000));
        _votesExpiry = Later(_votesExpiry, caller, _votes[caller.Process]);
        return true;
    }

    public bool Withdraw(Caller caller)
    {
        var had = _votes.Remove(caller.Process);
        if (_votes.Count == 0)
        {
            LoseVotes();
        }

        return had;
    }

    public bool Acquire(Caller caller, long now, string lease, long lasts)
    {
        if (State == CircuitState.Open && _due <= now)
        {
            Move(CircuitState.HalfOpen, caller, now, 0, Opens, Cause, By);
        }
        else if (State != CircuitState.HalfOpen || caller.Seen > Epoch)
        {
            return false;
        }
        else if (Holds(lease, now))
        {
            return true;
        }

        if (_leases.Values.Count(expiry => expiry > now) + Successes >= options.HalfOpenMaxCalls)
        {
            return false;
        }

        DropExpired(_leases, now);
        SetLease(caller, lease, now + (lasts * 1000));
        return true;
    }

    public bool Report(Caller caller, long now, string lease, CircuitVote vote, string cause, long atLeast)
    {
        if (State != CircuitState.HalfOpen || caller.Seen != Epoch || !Holds(lease, now))
        {
            return false;
        }

        _leases.Remove(lease);
        if (_leases.Count == 0)
        {
            LoseLeases();
        }

        if (vote == CircuitVote.Fail)
        {
            Open(caller, now, atLeast, cause);
            return true;
        }

        Successes += vote == CircuitVote.Ok ? 1 : 0;
        if (vote == CircuitVote.Ok && Successes >= options.HalfOpenMaxCalls)
        {
            Move(CircuitState.Closed, caller, now, 0, 0, cause, caller.Process);
        }

        _stateExpiry = Later(_stateExpiry, caller, now);
        return true;
    }

    public bool Renew(Caller caller, long now, string lease, long lasts)
    {
        if (State != CircuitState.HalfOpen || caller.Seen != Epoch || !Holds(lease, now))
        {
            return false;
        }

        if (now + (lasts * 1000) > _leases[lease])
        {
            SetLease(caller, lease, now + (lasts * 1000));
        }

        return true;
    }

    public bool Extend(Caller caller, long now, long retryAfter)
    {
        var longer = now + (Math.Min(retryAfter, LongestRetryAfter) * 1000);
        if (State != CircuitState.Open || caller.Seen != Epoch || longer <= _due)
        {
            return false;
        }

        _due = longer;
        _stateExpiry = Later(_stateExpiry, caller, _due);
        return true;
    }

    public bool Assert(Caller caller, long now, CircuitState state, string cause, long remaining, int opens)
    {
        if (caller.Seen <= Epoch || State == CircuitState.Isolated)
        {
            return false;
        }

        var longest = new[] { Base, Cap, LongestRetryAfter }.Max();
        Move(state, caller, now, Math.Min(remaining, longest), state == CircuitState.Closed ? 0 : opens, cause, caller.Process);
        return true;
    }

    public bool Force(Caller caller, long now, bool isolated, string cause)
    {
        var wanted = isolated ? CircuitState.Isolated : CircuitState.Closed;
        if (State != wanted || caller.Seen > Epoch)
        {
            Move(wanted, caller, now, 0, isolated ? Opens : 0, cause, caller.Process);
            return true;
        }

        var forgotten = !isolated && _votes.Count > 0;
        LoseVotes();
        return forgotten;
    }

    private bool Holds(string lease, long now) => _leases.TryGetValue(lease, out var expiry) && expiry > now;

    private void SetLease(Caller caller, string lease, long expiry)
    {
        _leases[lease] = expiry;
        _leasesExpiry = Later(_leasesExpiry, caller, expiry);
        _stateExpiry = Later(_stateExpiry, caller, expiry);
    }
}

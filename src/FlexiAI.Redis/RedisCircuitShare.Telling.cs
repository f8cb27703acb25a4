namespace FlexiAI;

/// <content>What Redis is told, while nobody waits.</content>
internal sealed partial class RedisCircuitShare
{
    private void Trip(string cause, TimeSpan breakTime)
    {
        var seen = Epoch;
        _outbox.Send(store => store.TripAsync(Shared, seen, cause, TimeSpan.Zero, breakTime));
    }

    private void Report(ProbeLease lease, CircuitVote vote)
    {
        if (lease.Epoch == 0)
        {
            _untoldVotes.Add(lease, vote);
            return;
        }

        _outbox.Send(
            store => store.ReportAsync(Shared, lease.Epoch, lease.Name, vote, vote.ToString(), TimeSpan.Zero),
            () => _untoldVotes.Add(lease, vote));
    }

    private void Force(bool isolated)
    {
        var seen = Epoch;
        _outbox.Send(store => store.ForceAsync(Shared, seen, isolated, "Manual"));
    }

    // What was half-open and is open here, is so because a probe of this process failed.
    private bool Restate(CircuitStatus status)
    {
        var known = _known;
        var reopened = known.State == CircuitState.HalfOpen && status.State == CircuitState.Open;
        if (!reopened && (status.State != known.State || status.State is not (CircuitState.Open or CircuitState.Isolated)))
        {
            return false;
        }

        _outbox.Send(store => store.AssertAsync(
            Shared, known.Epoch, known.State == CircuitState.Isolated, known.Cause, status.RetryAfter ?? TimeSpan.Zero, reopened ? known.Opens + 1 : known.Opens));
        return true;
    }

    private void Withdraw(CircuitTransition transition)
    {
        if (transition is { To: CircuitState.Closed, Cause: not CircuitTransitionCause.Remote } && Shared.Quorum > 1)
        {
            _outbox.Send(store => store.WithdrawAsync(Shared));
        }
    }
}

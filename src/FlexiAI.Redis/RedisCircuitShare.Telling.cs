namespace FlexiAI;

/// <content>What Redis is told, while nobody waits.</content>
internal sealed partial class RedisCircuitShare
{
    // What is known is looked up when a change is carried: an earlier one of this process may have begun a new epoch.
    private void Trip(string cause, TimeSpan breakTime) => _outbox.Send(
        store => store.TripAsync(Shared, Epoch, cause, breakTime, breakTime),
        stillHolds: () => _circuit.GetStatus().State == CircuitState.Open);

    private void Report(ProbeLease lease, CircuitVote vote, TimeSpan breakTime)
    {
        if (lease.Epoch == 0)
        {
            _untoldVotes.Add(lease, vote, breakTime);
            return;
        }

        _outbox.Send(
            store => store.ReportAsync(Shared, lease.Epoch, lease.Name, vote, vote.ToString(), breakTime),
            lost: () => _untoldVotes.Add(lease, vote, breakTime));
    }

    private void ByHand(bool isolated)
    {
        lock (_taking)
        {
            _isolatedForAll = isolated;
            Force(isolated, _known.Epoch);
        }
    }

    // Its reply is taken over like anybody's: another process's doing may have come in between.
    private void Force(bool isolated, long since) => _outbox.Send(
        async store => await store.ForceAsync(Shared, Epoch, isolated, "Manual").ConfigureAwait(false) with { Accepted = false },
        lost: () =>
        {
            lock (_taking)
            {
                _untoldForce = (isolated, since);
            }
        });

    // What was done by hand while Redis was away is everybody's now, unless the others went on in the meantime.
    private bool ForceAgain(CircuitView view)
    {
        lock (_taking)
        {
            var untold = _untoldForce;
            _untoldForce = null;
            if (untold is not var (isolated, since) || view.Epoch > since)
            {
                return false;
            }

            Force(isolated, since);
            return true;
        }
    }

    private void Withdraw(object? circuit, CircuitTransition transition)
    {
        if (transition is { To: CircuitState.Closed, Cause: not CircuitTransitionCause.Remote } && Shared.Quorum > 1)
        {
            _outbox.Send(store => store.WithdrawAsync(Shared));
        }
    }
}

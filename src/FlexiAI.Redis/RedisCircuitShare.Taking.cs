namespace FlexiAI;

/// <content>What Redis says, and what of it is taken over here.</content>
internal sealed partial class RedisCircuitShare
{
    /// <summary>Another process changed the circuit.</summary>
    public void Hear(CircuitView view) => Take(view);

    /// <summary>What Redis says of the circuit now. Takes it over, or tells Redis what it missed.</summary>
    public void Sync(CircuitView view)
    {
        if (_left)
        {
            return;
        }

        Compare(view);
        if (ForceAgain(view))
        {
            return;
        }

        Take(view);
        _untoldVotes.Retell(view, (lease, vote, breakTime) => Report(lease, vote, breakTime));
        _leases.Renew((lease, lasts) => _outbox.Send(store => store.RenewAsync(Shared, lease.Epoch, lease.Name, lasts)));
        var status = _circuit.GetStatus();
        lock (_taking)
        {
            var restated = view.Epoch < _known.Epoch && Restate(view, status);
            if (!restated && _untoldTrip is { } cause && view.State == CircuitState.Closed && status.State == CircuitState.Open)
            {
                Trip(cause, status.RetryAfter ?? TimeSpan.Zero);
            }
        }
    }

    private void Compare(CircuitView view)
    {
        if (view.OtherSettings.Length > 0 && view.OtherSettings != _otherSettings)
        {
            _otherSettings = view.OtherSettings;
            _link.Differs(Shared, view);
        }
    }

    // The reply to a change of this process's own: if it was made, the circuit here is in that state already, or has moved on since. But a
    // probe that succeeded may have been the last that was missing, the others having been those of other processes.
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
                if (_circuit.GetStatus().State == CircuitState.HalfOpen)
                {
                    _circuit.Adopt(view.State, view.Remaining, view.Opens);
                    return;
                }
            }
        }

        if (view.State == CircuitState.Open)
        {
            _circuit.Align(view.Remaining, view.Opens);
        }
    }

    private void Take(CircuitView view)
    {
        if (_left)
        {
            return;
        }

        lock (_taking)
        {
            var state = _circuit.GetStatus().State;
            if (view.Epoch > _known.Epoch)
            {
                var isolatedHere = state == CircuitState.Isolated && !_isolatedForAll;
                _known = view;
                _untoldTrip = null;
                _isolatedForAll = view.State == CircuitState.Isolated;
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
}

namespace FlexiAI;

/// <content>
/// What Redis is told again: it lost its data, or a replica took over that never got the last writes. A circuit that it still knows in an
/// older state is put right whatever that state is: it would refuse the trips and the probes of all who know better.
/// </content>
internal sealed partial class RedisCircuitShare
{
    private bool Restate(CircuitView view, CircuitStatus status)
    {
        if (StateToRestate(view, status) is not { } state)
        {
            return false;
        }

        // What was half-open and is open here, is so because a probe of this process failed; what was closed, because it tripped.
        var known = _known;
        var reopened = known.State != CircuitState.Open && state == CircuitState.Open && status.State == CircuitState.Open;
        var cause = known.State == CircuitState.Closed && state == CircuitState.Open ? _untoldTrip! : known.Cause;
        var remaining = status.State == CircuitState.Open ? status.RetryAfter ?? TimeSpan.Zero : TimeSpan.Zero;
        _outbox.Send(store => store.AssertAsync(Shared, known.Epoch, state, cause, remaining, reopened ? known.Opens + 1 : known.Opens));
        return true;
    }

    private CircuitState? StateToRestate(CircuitView view, CircuitStatus status) => (_known.State, status.State) switch
    {
        (CircuitState.Isolated, CircuitState.Isolated) => CircuitState.Isolated,
        (CircuitState.Open or CircuitState.HalfOpen, CircuitState.Open) => CircuitState.Open,

        // Closed is what nobody needs to be told.
        _ when view.State == CircuitState.Closed => null,
        (CircuitState.Closed, CircuitState.Open) when _untoldTrip is not null && Shared.Quorum == 1 => CircuitState.Open,
        (CircuitState.Closed, _) or (_, CircuitState.Closed) => CircuitState.Closed,

        // Whose probes were out, nobody knows any more: the next one may begin at once.
        (CircuitState.Open or CircuitState.HalfOpen, CircuitState.HalfOpen or CircuitState.Isolated) => CircuitState.Open,
        _ => null,
    };
}

namespace FlexiAI;

/// <content>
/// What changes a circuit. <c>seen</c> is the newest epoch that the caller knows, 0 if none: it decides whether the caller is late, and
/// keeps the epoch rising when the store lost its own.
/// </content>
internal sealed partial class RedisCircuitStore
{
    /// <summary>
    /// This process's own circuit opened because of an answer of the provider. The closed circuit of all opens, if as many processes as the
    /// quorum say so; until then the voice of this one counts for <paramref name="vote"/>.
    /// </summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="seen">The newest epoch known.</param>
    /// <param name="cause">Why, for the status of others.</param>
    /// <param name="atLeast">The provider's Retry-After, already cut to what is believed; zero if it named none.</param>
    /// <param name="vote">How long the own circuit stays open.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    public Task<CircuitView> TripAsync(
        SharedCircuit circuit, long seen, string cause, TimeSpan atLeast, TimeSpan vote, CancellationToken cancellationToken = default) =>
        OperateAsync(
            "trip", circuit, seen, cancellationToken,
            cause, circuit.Base, circuit.Factor, circuit.Cap, SharedCircuit.WholeMilliseconds(atLeast), circuit.Quorum, Milliseconds(vote));

    /// <summary>This process's own circuit closed again without the others: its voice no longer counts.</summary>
    public Task<CircuitView> WithdrawAsync(SharedCircuit circuit, CancellationToken cancellationToken = default) =>
        OperateAsync("withdraw", circuit, 0, cancellationToken);

    /// <summary>Asks for a place among the probes of the fleet. Half-opens the circuit if its break is over.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="seen">The newest epoch known.</param>
    /// <param name="lease">The probe: a name that nobody else uses, nor this process again.</param>
    /// <param name="lasts">How long the place is kept if nothing more is heard of it.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    public Task<CircuitView> AcquireAsync(
        SharedCircuit circuit, long seen, string lease, TimeSpan lasts, CancellationToken cancellationToken = default) =>
        OperateAsync("acquire", circuit, seen, cancellationToken, lease, Milliseconds(lasts), circuit.Places);

    /// <summary>Ends a probe. Accepted once, in the epoch in which its place was given, and while it is kept.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="epoch">The epoch in which the place was given.</param>
    /// <param name="lease">The probe.</param>
    /// <param name="vote">How it ended.</param>
    /// <param name="cause">Why, for the status of others, if the circuit opens or closes.</param>
    /// <param name="atLeast">The provider's Retry-After, already cut to what is believed; zero if it named none.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    public Task<CircuitView> ReportAsync(
        SharedCircuit circuit, long epoch, string lease, CircuitVote vote, string cause, TimeSpan atLeast, CancellationToken cancellationToken = default) =>
        OperateAsync(
            "report", circuit, epoch, cancellationToken,
            lease,
            vote switch { CircuitVote.Ok => "ok", CircuitVote.Fail => "fail", _ => "neutral" },
            circuit.Places, cause, circuit.Base, circuit.Factor, circuit.Cap, SharedCircuit.WholeMilliseconds(atLeast));

    /// <summary>Keeps a probe's place for longer, counted from now; never for less than before.</summary>
    public Task<CircuitView> RenewAsync(
        SharedCircuit circuit, long epoch, string lease, TimeSpan lasts, CancellationToken cancellationToken = default) =>
        OperateAsync("renew", circuit, epoch, cancellationToken, lease, Milliseconds(lasts));

    /// <summary>The provider named a time (Retry-After) while the circuit is open: lengthens its break, never shortens it; no new epoch.</summary>
    public Task<CircuitView> ExtendAsync(
        SharedCircuit circuit, long epoch, TimeSpan retryAfter, CancellationToken cancellationToken = default) =>
        OperateAsync("extend", circuit, epoch, cancellationToken, Milliseconds(retryAfter), Milliseconds(circuit.MaxRetryAfter));

    /// <summary>Restates what the store lost. Refused if the store knows something as new, or the circuit as isolated.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="seen">The epoch of what is restated.</param>
    /// <param name="state">Open, isolated or closed.</param>
    /// <param name="cause">Why it was so, for the status of others.</param>
    /// <param name="remaining">What is left of the break of an open circuit, cut to the longest that the circuit's options allow.</param>
    /// <param name="opens">How often it had opened.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    public Task<CircuitView> AssertAsync(
        SharedCircuit circuit, long seen, CircuitState state, string cause, TimeSpan remaining, int opens, CancellationToken cancellationToken = default) =>
        OperateAsync(
            "assert", circuit, seen, cancellationToken,
            state switch { CircuitState.Isolated => "isolated", CircuitState.Closed => "closed", _ => "open" }, cause, Milliseconds(remaining), circuit.LongestBreak, opens);

    /// <summary>Isolates or closes the circuit by hand; refused only if it is so already.</summary>
    public Task<CircuitView> ForceAsync(
        SharedCircuit circuit, long seen, bool isolated, string cause, CancellationToken cancellationToken = default) =>
        OperateAsync("force", circuit, seen, cancellationToken, isolated ? "isolated" : "closed", cause);
}

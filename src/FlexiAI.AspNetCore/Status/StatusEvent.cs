namespace FlexiAI;

/// <summary>Something that watchers are told: a request, a circuit's change, or, where both are null, that the status is another.</summary>
/// <param name="Request">The request that ended.</param>
/// <param name="Change">The circuit's change.</param>
internal readonly record struct StatusEvent(ServedRequest? Request, CircuitChange? Change);

/// <summary>The event <c>hello</c>: everything a watcher needs to begin.</summary>
/// <param name="Status">The state.</param>
/// <param name="Stats">The sums.</param>
/// <param name="Traffic">What the last ten minutes came to.</param>
/// <param name="Requests">The last requests, the oldest first.</param>
/// <param name="Transitions">The last changes of circuits, the oldest first.</param>
internal sealed record HelloReport(
    StatusReport Status,
    StatsReport Stats,
    IReadOnlyList<TrafficSpan> Traffic,
    IReadOnlyList<ServedRequest> Requests,
    IReadOnlyList<CircuitChange> Transitions);

/// <summary>The event <c>status</c>: the state after a change.</summary>
/// <param name="Status">The state.</param>
/// <param name="Stats">The sums.</param>
/// <param name="Traffic">The newest spans; each replaces what was told of it before.</param>
internal sealed record StatusNews(StatusReport Status, StatsReport Stats, IReadOnlyList<TrafficSpan> Traffic);

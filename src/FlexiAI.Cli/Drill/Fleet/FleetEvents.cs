using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>A request of one worker that ended. As JSON, a line of <c>drill --workers --json</c>.</summary>
/// <param name="T">When, in seconds since the drill began.</param>
/// <param name="Event">Always <c>request</c>.</param>
/// <param name="Worker">The worker's number, from 1.</param>
/// <param name="N">The request's number among those of all workers, from 1.</param>
/// <param name="Outcome"><c>success</c> or <c>failure</c>.</param>
/// <param name="Provider">Who answered; null if nobody did.</param>
/// <param name="Attempts">The providers in the order they were thought of.</param>
/// <param name="Circuit">The state of the worker's own view of the primary's circuit, after it.</param>
internal sealed record FleetRequest(
    double T, string Event, int Worker, int N, string Outcome, string? Provider, IReadOnlyList<DrillAttempt> Attempts, string Circuit);

/// <summary>A change of one worker's circuit. As JSON, a line of <c>drill --workers --json</c>.</summary>
internal sealed record FleetTransition(double T, string Event, int Worker, string Circuit, string From, string To, string Cause);

/// <summary>How it all went. As JSON, the last line of <c>drill --workers --json</c>.</summary>
/// <param name="Event">Always <c>summary</c>.</param>
/// <param name="Workers">Processes that took part.</param>
/// <param name="OpenedWithinMs">For each worker whose circuit opened, in their order: milliseconds after the first of them, rounded up; 0 for the first.</param>
/// <param name="ProbesPerRecovery">For each recovery that was tested: requests of all workers that reached the primary.</param>
/// <param name="Failed">Requests that nobody answered.</param>
internal sealed record FleetSummary(
    string Event,
    int Workers,
    [property: JsonPropertyName("opened_within_ms")] IReadOnlyList<long> OpenedWithinMs,
    [property: JsonPropertyName("probes_per_recovery")] IReadOnlyList<int> ProbesPerRecovery,
    int Failed);

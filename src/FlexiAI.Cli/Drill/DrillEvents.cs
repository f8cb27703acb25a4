using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>A request that ended. As JSON, a line of <c>drill --json</c>.</summary>
/// <param name="T">When, in seconds since the drill began.</param>
/// <param name="Event">Always <c>request</c>.</param>
/// <param name="N">Its number, from 1.</param>
/// <param name="Outcome"><c>success</c> or <c>failure</c>.</param>
/// <param name="Provider">Who answered; null if nobody did.</param>
/// <param name="Attempts">The providers in the order they were thought of.</param>
/// <param name="Circuits">The circuits' states after it, by provider.</param>
internal sealed record DrillRequest(
    double T,
    string Event,
    int N,
    string Outcome,
    string? Provider,
    IReadOnlyList<DrillAttempt> Attempts,
    IReadOnlyDictionary<string, string> Circuits);

/// <summary>One attempt of a request.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c> or <c>skipped</c>.</param>
/// <param name="Kind">The <see cref="FailureKind"/> of a failure; otherwise absent.</param>
internal sealed record DrillAttempt(
    string Provider,
    string Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind);

/// <summary>A circuit's change of state. As JSON, a line of <c>drill --json</c>.</summary>
internal sealed record DrillTransition(double T, string Event, string Circuit, string From, string To, string Cause);

/// <summary>How it all went. As JSON, the last line of <c>drill --json</c>.</summary>
/// <param name="Event">Always <c>summary</c>.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Succeeded">Those that were answered.</param>
/// <param name="Failed">Those that were not.</param>
/// <param name="Recovered">Whether the primary served again at the end.</param>
internal sealed record DrillSummary(string Event, int Requests, int Succeeded, int Failed, bool Recovered);

namespace FlexiAI;

/// <summary>
/// Everything a circuit knows at one moment, immutable. The breaker holds one and replaces it whole, so that state, era, counts,
/// deadline and probes can never be seen out of step.
/// </summary>
internal sealed record CircuitSnapshot
{
    public static readonly CircuitSnapshot Initial = new() { Era = 1 };

    public CircuitState State { get; init; }

    public required long Era { get; init; }

    public int Failures { get; init; }

    /// <summary>Open: the timestamp from which a call is admitted.</summary>
    public long Deadline { get; init; }

    /// <summary>The timestamp before which the provider asked not to be called; 0 if it named none.</summary>
    public long NotBefore { get; init; }

    /// <summary>Times opened in a row without closing in between.</summary>
    public int Opens { get; init; }

    /// <summary>Half-open: the probes out.</summary>
    public Probe[] Probes { get; init; } = [];

    /// <summary>Half-open: probes that succeeded in this era.</summary>
    public int ProbeSuccesses { get; init; }

    /// <summary>Half-open: probes of this era that never came back.</summary>
    public int ProbesExpired { get; init; }

    /// <summary>
    /// Probes that succeeded at their first content and whose streams go on. Closed: the one that closed the circuit, if it does.
    /// </summary>
    public long[] Streams { get; init; } = [];

    /// <summary>The sum of successes at the last counted failure or transition.</summary>
    public long SuccessBase { get; init; }

    public FailureKind? LastFailureKind { get; init; }

    /// <summary>Wall clock, for people to read; nothing is decided by it.</summary>
    public DateTimeOffset? LastFailureTime { get; init; }

    /// <summary>Whether the permit, which is a probe's or its stream's, may still be settled.</summary>
    public bool Awaits(CircuitPermit permit) =>
        Era == permit.Era && (permit.IsStream ? Array.IndexOf(Streams, permit.Probe) >= 0 : Array.Exists(Probes, probe => probe.Id == permit.Probe));

    internal readonly record struct Probe(long Id, long ExpiresAt);
}

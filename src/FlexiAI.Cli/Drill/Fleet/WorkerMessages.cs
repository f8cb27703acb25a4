namespace FlexiAI.Cli;

/// <summary>What the drill tells a worker: one JSON object per line of its standard input.</summary>
/// <param name="Do"><c>start</c>, <c>ask</c> or <c>status</c>.</param>
/// <param name="Stage">With <c>start</c>: where to play.</param>
/// <param name="Count">With <c>ask</c>: how many requests to send at once.</param>
internal sealed record WorkerOrder(string Do, WorkerStage? Stage = null, int Count = 0);

/// <summary>Where a worker plays, and by which numbers.</summary>
internal sealed record WorkerStage(
    int Worker, string PrimaryUrl, string BackupUrl, string Redis, string Scope, int FailureThreshold, TimeSpan RecoveryTimeout, TimeSpan Timeout);

/// <summary>What a worker tells: one JSON object per line of its standard output.</summary>
/// <param name="Event">
/// <c>ready</c> (to <c>start</c>), <c>request</c> (to <c>ask</c>, one for each), <c>status</c> (to <c>status</c>), <c>failed</c>, or, whenever it happens,
/// <c>transition</c>.
/// </param>
internal sealed record WorkerLine(string Event)
{
    /// <summary>Of a transition: when, by the system's monotonic clock, which all processes of a machine share.</summary>
    public long At { get; init; }

    /// <summary>Of a transition.</summary>
    public CircuitTransition? Transition { get; init; }

    /// <summary>Of a request: who answered; null if nobody did.</summary>
    public string? Provider { get; init; }

    /// <summary>Of a request.</summary>
    public IReadOnlyList<DrillAttempt> Attempts { get; init; } = [];

    /// <summary>Of a status, and after a request: the primary's circuit.</summary>
    public CircuitState State { get; init; }

    /// <summary>Of a status: how long until the circuit admits a call.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Of a status: the number of the shared state.</summary>
    public long Epoch { get; init; }

    /// <summary>Of a failure: what went wrong.</summary>
    public string? Message { get; init; }
}

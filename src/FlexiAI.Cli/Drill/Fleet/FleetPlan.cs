namespace FlexiAI.Cli;

/// <summary>The numbers of a drill with several processes.</summary>
internal sealed record FleetPlan
{
    public required int Workers { get; init; }

    public required TimeSpan RecoveryTimeout { get; init; }

    public int FailureThreshold { get; init; } = 3;

    /// <summary>Requests that each worker sends at once when a recovery is tested.</summary>
    public int Burst { get; init; } = 5;

    /// <summary>How long the primary keeps a probe waiting, so that all other requests come while it is out.</summary>
    public TimeSpan ProbeTakes { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longer than anything here takes: a timeout is no answer of the provider's, and would open one circuit alone.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long workers are given to agree.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public static FleetPlan Create(int workers, bool fast) =>
        new() { Workers = workers, RecoveryTimeout = DrillPlan.Create(FailoverMode.Immediate, fast).RecoveryTimeout };
}

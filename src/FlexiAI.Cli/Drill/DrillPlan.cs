using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>The numbers of a drill.</summary>
internal sealed record DrillPlan
{
    public required FailoverMode Mode { get; init; }

    /// <summary>How long the silent primary is waited for.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>From the begin of one request to the next, unless the first takes longer.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>
    /// Longer than the requests between the circuit's opening and the tenth take, or one of them would probe.
    /// </summary>
    public required TimeSpan RecoveryTimeout { get; init; }

    public int FailureThreshold { get; init; } = 3;

    /// <summary>Requests of the guide's failover timeline.</summary>
    public int OutageRequests { get; init; } = 10;

    /// <summary>How the primary fails when its recovery is first tested: it is back on the wire, but not well.</summary>
    public Fault StillDown { get; init; } = Fault.Overloaded();

    /// <summary>How it fails when its recovery is tested again; null as it is well by then.</summary>
    public Fault? AfterRecovery { get; init; }

    public static DrillPlan Create(FailoverMode mode, bool fast) => fast
        ? new DrillPlan
        {
            Mode = mode,
            Timeout = TimeSpan.FromSeconds(1.25),
            Interval = TimeSpan.FromSeconds(0.15),
            RecoveryTimeout = TimeSpan.FromSeconds(4),
        }
        : new DrillPlan
        {
            Mode = mode,
            Timeout = TimeSpan.FromSeconds(2),
            Interval = TimeSpan.FromSeconds(2),
            RecoveryTimeout = CircuitBreakerOptions.HighAvailability.RecoveryTimeout,
        };
}

using CsCheck;

namespace FlexiAI.Tests.Circuits;

/// <summary>Something that is done to a circuit, or to its clocks.</summary>
internal abstract record CircuitOperation;

internal sealed record Enter(int ProbeSeconds) : CircuitOperation;

/// <summary>Ends one of the calls begun so far, this many before the latest; it may have ended already.</summary>
internal sealed record Settle(int Back, Verdict Verdict, FailureKind? Kind, int RetryAfter) : CircuitOperation;

internal sealed record Wait(int Seconds) : CircuitOperation;

/// <summary>Waits as long as the circuit says, or a tick less or more, and calls.</summary>
internal sealed record WaitAsTold(int Ticks) : CircuitOperation;

/// <summary>Waits until the first probe that is out is lost, or a tick less or more.</summary>
internal sealed record WaitForLoss(int Ticks) : CircuitOperation;

internal sealed record JumpOfTheWall(int Minutes) : CircuitOperation;

internal sealed record Throttle(int Seconds) : CircuitOperation;

internal sealed record Isolate : CircuitOperation;

internal sealed record Reset : CircuitOperation;

/// <summary>Calls that all fail, until the circuit is open: what steers a history to where it is interesting.</summary>
internal sealed record Trip : CircuitOperation;

/// <summary>Options and what is done under them.</summary>
internal sealed record CircuitScript(int Threshold, int Places, int Growth, CircuitOperation[] Operations)
{
    private static readonly Gen<CircuitOperation> Settling =
        from back in Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[0, 2]), (1, Gen.Int[0, 30]))
        from verdict in Gen.Frequency((3, Gen.Const(Verdict.Success)), (3, Gen.Const(Verdict.Failure)), (2, Gen.Const(Verdict.Neutral)), (2, Gen.Const(Verdict.FirstContent)))
        from kind in Gen.Frequency((4, Gen.Const<FailureKind?>(FailureKind.Network)), (1, Gen.Const(() => (FailureKind?)null)), (1, Gen.Const<FailureKind?>(FailureKind.InvalidRequest)))
        from retryAfter in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 900]))
        select (CircuitOperation)new Settle(back, verdict, kind, retryAfter);

    private static readonly Gen<CircuitOperation> Operation = Gen.Frequency(
        (30, Gen.Frequency((3, Gen.Const(20)), (1, Gen.Const(10))).Select(CircuitOperation (seconds) => new Enter(seconds))),
        (35, Settling),
        (8, Gen.Int[1, 30].Select(CircuitOperation (seconds) => new Wait(seconds))),
        (12, Gen.Int[-1, 1].Select(CircuitOperation (ticks) => new WaitAsTold(ticks))),
        (4, Gen.Int[-1, 1].Select(CircuitOperation (ticks) => new WaitForLoss(ticks))),
        (4, Gen.Int[-200, 200].Select(CircuitOperation (minutes) => new JumpOfTheWall(minutes))),
        (2, Gen.Int[-1, 100].Select(CircuitOperation (seconds) => new Throttle(seconds))),
        (2, Gen.Const<CircuitOperation>(new Isolate())),
        (2, Gen.Const<CircuitOperation>(new Reset())),
        (4, Gen.Const<CircuitOperation>(new Trip())));

    public static Gen<CircuitScript> Any { get; } =
        from threshold in Gen.Int[1, 3]
        from places in Gen.Int[1, 3]
        from growth in Gen.Int[1, 2]
        from operations in Operation.Array[1, 120]
        select new CircuitScript(threshold, places, growth, operations);

    public CircuitBreakerOptions Options => new()
    {
        FailureThreshold = Threshold,
        HalfOpenMaxCalls = Places,
        RecoveryBackoffFactor = Growth,
        RecoveryTimeout = TimeSpan.FromSeconds(60),
        MaxRecoveryTimeout = TimeSpan.FromSeconds(200),
    };

    public override string ToString() => $"threshold {Threshold}, places {Places}, growth {Growth}: {string.Join(", ", Operations.AsEnumerable())}";
}

using CsCheck;

namespace FlexiAI.Tests;

internal enum StepKind
{
    Trip,
    Withdraw,
    Acquire,
    Report,
    Renew,
    Extend,
    Assert,
    Force,
    Read,

    /// <summary>Asks whether anything could be written.</summary>
    Touch,

    /// <summary>The very operation that a process made last, once more.</summary>
    Repeat,

    /// <summary>A process ends and begins again: it knows nothing.</summary>
    Crash,
    LoseState,
    LoseLeases,
    FlushAll,
    FlushScripts,
    Wait,

    /// <summary>Waits until the break is over.</summary>
    AwaitBreak,
}

/// <summary>What a process believes to be the newest epoch.</summary>
internal enum Knowledge
{
    /// <summary>What it saw last; for a report or renewal the epoch in which the place was given.</summary>
    Own,

    /// <summary>Any that ever was.</summary>
    Old,

    Nothing,

    /// <summary>More than there is: the store lost something that nobody here made.</summary>
    Ahead,
}

/// <summary>One thing that happens to a fleet. What is no matter for its kind is ignored.</summary>
internal sealed record StoreStep(StepKind Kind, int Process, Knowledge Knowledge, int Pick, int Milliseconds, CircuitVote Vote, bool Flag)
{
    private static readonly Gen<StepKind> Kinds = Gen.Frequency(
        (9, Gen.Const(StepKind.Trip)),
        (2, Gen.Const(StepKind.Withdraw)),
        (30, Gen.Const(StepKind.Acquire)),
        (36, Gen.Const(StepKind.Report)),
        (8, Gen.Const(StepKind.Renew)),
        (5, Gen.Const(StepKind.Extend)),
        (7, Gen.Const(StepKind.Assert)),
        (5, Gen.Const(StepKind.Force)),
        (4, Gen.Const(StepKind.Read)),
        (3, Gen.Const(StepKind.Touch)),
        (8, Gen.Const(StepKind.Repeat)),
        (2, Gen.Const(StepKind.Crash)),
        (1, Gen.Const(StepKind.LoseState)),
        (1, Gen.Const(StepKind.LoseLeases)),
        (1, Gen.Const(StepKind.FlushAll)),
        (1, Gen.Const(StepKind.FlushScripts)),
        (4, Gen.Const(StepKind.Wait)),
        (14, Gen.Const(StepKind.AwaitBreak)));

    private static readonly Gen<Knowledge> Usual = Gen.Frequency(
        (28, Gen.Const(Knowledge.Own)), (5, Gen.Const(Knowledge.Old)), (2, Gen.Const(Knowledge.Nothing)), (1, Gen.Const(Knowledge.Ahead)));

    // Who restates something mostly has reason to.
    private static readonly Gen<Knowledge> Bold = Gen.Frequency(
        (3, Gen.Const(Knowledge.Own)), (1, Gen.Const(Knowledge.Old)), (1, Gen.Const(Knowledge.Nothing)), (4, Gen.Const(Knowledge.Ahead)));

    public static Gen<StoreStep> Any { get; } =
        from kind in Kinds
        from process in Gen.Int[0, 2]
        from knowledge in kind is StepKind.Assert or StepKind.Force ? Bold : Usual
        from pick in Gen.Frequency((6, Gen.Int[0, 2]), (1, Gen.Int[0, 30]))
        from milliseconds in Gen.Frequency((4, Gen.Int[1, 6]), (2, Gen.Const(1_000)))
        from vote in Gen.Frequency((4, Gen.Const(CircuitVote.Ok)), (3, Gen.Const(CircuitVote.Fail)), (2, Gen.Const(CircuitVote.Neutral)))
        from flag in Gen.Frequency((1, Gen.Const(true)), (3, Gen.Const(false)))
        select new StoreStep(kind, process, knowledge, pick, milliseconds, vote, flag);
}

/// <summary>Settings, and what happens under them.</summary>
internal sealed record StoreProgram(int Places, int Quorum, int Growth, StoreStep[] Steps)
{
    public static Gen<StoreProgram> Any { get; } =
        from places in Gen.Int[1, 3]
        from quorum in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from growth in Gen.Int[1, 3]
        from steps in StoreStep.Any.Array[1, 120]
        select new StoreProgram(places, quorum, growth, steps);

    public CircuitBreakerOptions Options => new()
    {
        HalfOpenMaxCalls = Places,
        RecoveryTimeout = TimeSpan.FromMilliseconds(1),
        RecoveryBackoffFactor = Growth,
        MaxRecoveryTimeout = TimeSpan.FromMilliseconds(4),
        MaxRetryAfter = TimeSpan.FromMilliseconds(5),
    };

    public override string ToString() => $"places {Places}, quorum {Quorum}, growth {Growth}:\n  {string.Join("\n  ", Steps.AsEnumerable())}";
}

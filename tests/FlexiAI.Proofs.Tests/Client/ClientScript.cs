using CsCheck;

namespace FlexiAI.Tests.Client;

/// <summary>What becomes of one call at a provider.</summary>
internal enum Fate
{
    Answers,
    Fails,
    Breaks,
    IsEmpty,
    IsCutOff,
    DiesBeforeContent,
    DiesAfterContent,
    IsSilent,
}

/// <summary>What a caller does with a stream, or with its token.</summary>
internal enum Patience
{
    Waits,
    StopsEarly,
    /// <summary>Cancels when that many updates have come, or no answer at once.</summary>
    CancelsMidway,
    CancelledBefore,
}

internal sealed record Call(Fate Fate, FailureKind Kind, int RetryAfter);

internal abstract record ClientOperation;

/// <summary>A request, and what becomes of its calls, in order; those after the last are answered.</summary>
internal sealed record Ask(bool Streamed, Patience Patience, int Updates, Call[] Calls) : ClientOperation
{
    public override string ToString() => $"{(Streamed ? "stream" : "ask")} ({Patience} {Updates}) [{string.Join(", ", Calls.Select(call => $"{call.Fate} {call.Kind} {call.RetryAfter}"))}]";
}

/// <summary>Time passes; requests that wait for it go on.</summary>
internal sealed record Pass(int Seconds) : ClientOperation;

/// <summary>A provider that was silent answers, or fails, at last.</summary>
internal sealed record Speak(int Which, bool Fails) : ClientOperation;

/// <summary>The caller of a request under way gives up.</summary>
internal sealed record GiveUp(int Which) : ClientOperation;

internal sealed record IsolateOne(int Which) : ClientOperation;

internal sealed record ResetAll : ClientOperation;

internal sealed record Promote(int Which) : ClientOperation;

/// <summary>A provider's circuit opens, and its recovery time passes: what steers a run to where it is interesting.</summary>
internal sealed record Trip(int Which) : ClientOperation;

/// <summary>A client, and what is done with it.</summary>
internal sealed record ClientScript(int[] Priorities, FailoverMode Mode, int MaxRetries, ClientOperation[] Operations)
{
    private static readonly Gen<Call> AnyCall =
        from fate in Gen.Frequency((4, Gen.Const(Fate.Answers)), (4, Gen.Const(Fate.Fails)), (4, Gen.Int[(int)Fate.Breaks, (int)Fate.IsSilent].Select(i => (Fate)i)), (2, Gen.Const(Fate.IsSilent)))
        from kind in Gen.Int[0, (int)FailureKind.InvalidRequest].Select(i => (FailureKind)i)
        from retryAfter in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 100]))
        select new Call(fate, kind, retryAfter);

    private static readonly Gen<ClientOperation> Asking =
        from streamed in Gen.Bool
        from patience in Gen.Frequency((6, Gen.Const(Patience.Waits)), (2, Gen.Const(Patience.StopsEarly)), (2, Gen.Const(Patience.CancelsMidway)), (1, Gen.Const(Patience.CancelledBefore)))
        from updates in Gen.Int[1, 5]
        from calls in AnyCall.Array[0, 6]
        select (ClientOperation)new Ask(streamed, patience, updates, calls);

    private static readonly Gen<ClientOperation> Operation = Gen.Frequency(
        (20, Asking),
        (5, Gen.Int[1, 70].Select(ClientOperation (seconds) => new Pass(seconds))),
        (3, Gen.Select(Gen.Int[0, 9], Gen.Bool).Select(ClientOperation (which, fails) => new Speak(which, fails))),
        (4, Gen.Int[0, 9].Select(ClientOperation (which) => new GiveUp(which))),
        (1, Gen.Int[0, 3].Select(ClientOperation (which) => new IsolateOne(which))),
        (3, Gen.Int[0, 3].Select(ClientOperation (which) => new Trip(which))),
        (1, Gen.Const<ClientOperation>(new ResetAll())),
        (1, Gen.Int[0, 3].Select(ClientOperation (which) => new Promote(which))));

    public static Gen<ClientScript> Any { get; } =
        from priorities in Gen.Int[1, 3].Array[1, 4]
        from mode in Gen.Bool.Select(open => open ? FailoverMode.WhenOpen : FailoverMode.Immediate)
        from retries in Gen.Int[0, 2]
        from operations in Operation.Array[1, 40]
        select new ClientScript(priorities, mode, retries, operations);

    public override string ToString() => $"priorities {string.Join(',', Priorities)}, {Mode}, {MaxRetries} retries: {string.Join("; ", Operations.AsEnumerable())}";
}

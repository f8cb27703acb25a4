namespace FlexiAI.Tests;

internal enum OperationKind
{
    Enter,
    Success,
    Failure,
    Neutral,
    Content,
    Isolate,
    Reset,
    Throttle,
    Advance,
}

/// <summary>One call of the breaker's by an actor, or a moment's passing.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Time">Seconds: the Retry-After, or how far the clock goes.</param>
/// <param name="OnShared">Settles the set-up's first probe, whoever else does too, rather than the actor's own permit.</param>
internal sealed record Operation(OperationKind Kind, double Time = 0, bool OnShared = false)
{
    /// <summary>How long a probe may take.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(20);

    public string Name => $"{Kind}{(OnShared ? " of the shared probe" : "")}{(Time == 0 ? "" : $" {Time} s")}";

    public bool Settles => Kind is OperationKind.Success or OperationKind.Failure or OperationKind.Neutral or OperationKind.Content;

    public CircuitPermit Permit(World world, Actor actor) =>
        !Settles ? default : !OnShared ? actor.Own : world.Shared is [{ IsProbe: true } shared, ..] ? shared : default;

    /// <summary>What it tells, and the actor's own permit from then on; null if that stays.</summary>
    public (string Said, CircuitPermit? Own) Run(CircuitBreaker breaker, CircuitPermit permit)
    {
        var time = TimeSpan.FromSeconds(Time);

        // Permits of a closed circuit carry no identity: whoever has one settles it once.
        CircuitPermit? after = !OnShared && !permit.IsProbe ? default(CircuitPermit) : null;
        switch (Kind)
        {
            case OperationKind.Enter:
                return Enter(breaker);
            case OperationKind.Success:
                permit.Success();
                return ("", after);
            case OperationKind.Failure:
                permit.Failure(FailureKind.Network, Time == 0 ? null : time);
                return ("", after);
            case OperationKind.Neutral:
                permit.Neutral();
                return ("", after);
            case OperationKind.Content:
                var rest = permit.FirstContent();
                return (rest == default ? "nothing" : $"{rest.Era} {rest.IsProbe}", OnShared || rest == permit ? null : rest);
            case OperationKind.Isolate:
                breaker.Isolate();
                return ("", null);
            case OperationKind.Reset:
                breaker.Reset();
                return ("", null);
            case OperationKind.Throttle:
                breaker.Throttle(time);
                return ("", null);
            default:
                Actor.Step(world => world.Now += time.Ticks);
                return ("", null);
        }
    }

    // What it was told when to ask again depends on the clock, which may move between two steps: then only the reason is told.
    private static (string Said, CircuitPermit? Own) Enter(CircuitBreaker breaker)
    {
        var admitted = breaker.TryEnter(ProbeTimeout, out var permit, out var refusal);
        return admitted ? ($"{permit.Era} {permit.IsProbe}", permit) : (Actor.Here.ClockMoves ? $"{refusal.Reason}" : $"{refusal}", null);
    }
}

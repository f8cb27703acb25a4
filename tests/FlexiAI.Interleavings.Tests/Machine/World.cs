namespace FlexiAI.Tests;

/// <summary>Everything that the actors share, at one moment, and what an onlooker remembers of the way there.</summary>
internal sealed class World
{
    public CircuitSnapshot Current { get; private set; } = CircuitSnapshot.Initial;

    public long LastProbe { get; set; }

    public long[] Counters { get; private init; } = new long[3];

    public long Now { get; set; }

    public List<CircuitTransition> Published { get; private init; } = [];

    public Actor[] Actors { get; set; } = [];

    /// <summary>The permits that the set-up took.</summary>
    public CircuitPermit[] Shared { get; set; } = [];

    /// <summary>Whether an operation advances the clock; otherwise reading it is no step.</summary>
    public bool ClockMoves { get; set; }

    /// <summary>Remembered: the state of each era, from the first.</summary>
    public List<CircuitState> Eras { get; private init; } = [CircuitState.Closed];

    /// <summary>Remembered: every probe that got a place, and when it expires.</summary>
    public Dictionary<long, long> Born { get; private init; } = [];

    /// <summary>Remembered: the probes' permits in callers' hands, whose settlement has not begun.</summary>
    public List<(CircuitPermit Permit, long ExpiresAt)> InHand { get; private init; } = [];

    /// <summary>Remembered: the probes whose settlement took effect.</summary>
    public HashSet<long> Settled { get; private init; } = [];

    /// <summary>Which step led here, for the report of a failure.</summary>
    public (World World, int Actor)? Parent { get; set; }

    public World Clone() => new()
    {
        Current = Current,
        LastProbe = LastProbe,
        Counters = [.. Counters],
        Now = Now,
        Published = [.. Published],
        Actors = [.. Actors],
        Shared = Shared,
        ClockMoves = ClockMoves,
        Eras = [.. Eras],
        Born = new(Born),
        InHand = [.. InHand],
        Settled = [.. Settled],
    };

    public void Replace(CircuitSnapshot next)
    {
        if (next.Era != Current.Era)
        {
            Eras.Add(next.State);
        }

        foreach (var probe in next.Probes)
        {
            Born.TryAdd(probe.Id, probe.ExpiresAt);
        }

        Current = next;
    }

    public void Returned(Operation operation, CircuitPermit? permit)
    {
        if (operation.Kind == OperationKind.Enter && permit is { Era: > 0 } given)
        {
            Invariants.CheckGiven(this, given);
            if (given.IsProbe)
            {
                InHand.Add((given, Born[given.Probe]));
            }
        }
    }
}

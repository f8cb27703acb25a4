namespace FlexiAI.Tests;

/// <summary>A state of the circuit around which something is about to change, and the permits that the threads hold in it.</summary>
/// <param name="Name">What it is like.</param>
/// <param name="Around">The arrows that it leads to.</param>
/// <param name="Places">HalfOpenMaxCalls.</param>
/// <param name="SetUp">The way there.</param>
/// <param name="ClockMoves">Whether one of the operations to combine is the passing of time, and how many seconds of it.</param>
internal sealed record Situation(string Name, (CircuitState From, CircuitState To)[] Around, int Places, Operation[] SetUp, double ClockMoves = 0)
{
    private const double Recovery = 60;

    private static readonly (CircuitState From, CircuitState To) Opens = (CircuitState.Closed, CircuitState.Open);
    private static readonly (CircuitState From, CircuitState To) Probes = (CircuitState.Open, CircuitState.HalfOpen);
    private static readonly (CircuitState From, CircuitState To) Recovers = (CircuitState.HalfOpen, CircuitState.Closed);
    private static readonly (CircuitState From, CircuitState To) Reopens = (CircuitState.HalfOpen, CircuitState.Open);
    private static readonly (CircuitState From, CircuitState To) Isolates = (CircuitState.Closed, CircuitState.Isolated);
    private static readonly (CircuitState From, CircuitState To) Releases = (CircuitState.Isolated, CircuitState.Closed);

    private static readonly Operation Enter = new(OperationKind.Enter);
    private static readonly Operation Success = new(OperationKind.Success);
    private static readonly Operation Failure = new(OperationKind.Failure);
    private static readonly Operation Neutral = new(OperationKind.Neutral);
    private static readonly Operation Content = new(OperationKind.Content);
    private static readonly Operation[] Trip = [Enter, Enter, Enter, Failure, Enter, Failure, Enter, Failure];
    private static readonly Operation[] AtDeadline = [.. Trip, After(Recovery)];

    /// <summary>The permits that the threads begin with are the first that the set-up took, or those that it took last.</summary>
    public bool FirstPermits { get; init; }

    /// <summary>Whether three threads have too many schedules here; a simpler situation is around the same arrows.</summary>
    public bool ForTwo { get; init; }

    public static IReadOnlyList<Situation> All { get; } =
    [
        new("closed, two failures from opening", [Opens], 1, [Enter, Failure, Enter, Enter, Enter]),
        new("closed, one failure from opening", [Opens, Isolates], 1, [Enter, Failure, Enter, Failure, Enter, Enter, Enter]),
        new("closed, throttled until this moment", [Opens], 1, [Enter, Failure, Enter, Enter, Enter, new(OperationKind.Throttle, 1), After(1)]),
        new("closed, throttled a second more", [Opens], 2, [Enter, Failure, Enter, Failure, Enter, Enter, Enter, new(OperationKind.Throttle, 1)], 1),
        new("open, its time over", [Probes], 2, AtDeadline) { FirstPermits = true },
        new("open, half its time to go", [Probes], 1, [.. Trip, After(Recovery / 2)], Recovery / 2) { FirstPermits = true },
        new("half-open, one place of two free", [Reopens], 2, [.. AtDeadline, Enter]),
        new("half-open, one place of three free", [Reopens], 3, [.. AtDeadline, Enter, Enter]) { ForTwo = true },
        new("half-open, full", [Recovers, Reopens], 2, [.. AtDeadline, Enter, Enter]),
        new("half-open, one success from closing", [Recovers, Reopens], 2, [.. AtDeadline, Enter, Success, Enter]),
        new("half-open, a place given back", [Recovers, Reopens], 1, [.. AtDeadline, Enter, Neutral]),
        new("half-open, a stream going on", [Reopens], 3, [.. AtDeadline, Enter, Content, Enter]),
        new("half-open, the first probe about to expire", [Reopens], 2, [.. AtDeadline, Enter, After(10), Enter], 10) { ForTwo = true },
        new("half-open, the only probe about to expire", [Reopens], 1, [.. AtDeadline, Enter, After(10)], 10),
        new("half-open, the first probe lost", [Reopens], 2, [.. AtDeadline, Enter, After(10), Enter, After(10)]),
        new("half-open, every probe lost", [Reopens], 2, [.. AtDeadline, Enter, Enter, After(20)]),
        new("closed by a stream", [Isolates], 1, [.. AtDeadline, Enter, Content, Enter]),
        new("isolated", [Releases], 1, [Enter, Failure, Enter, Enter, new(OperationKind.Isolate)]),
    ];

    public IReadOnlyList<Operation> Operations =>
    [
        Enter, Success, Failure, Neutral, Content,
        new(OperationKind.Isolate), new(OperationKind.Reset), new(OperationKind.Throttle, 90), Failure with { Time = 70 },
        Success with { OnShared = true }, Failure with { OnShared = true }, Neutral with { OnShared = true },
        .. ClockMoves > 0 ? [After(ClockMoves)] : Array.Empty<Operation>(),
    ];

    public CircuitBreaker NewBreaker() =>
        new("interleaved", new() { FailureThreshold = Invariants.Threshold, HalfOpenMaxCalls = Places, RecoveryTimeout = TimeSpan.FromSeconds(Recovery) }, new WorldClock(), _ => 0);

    /// <summary>The world as the set-up leaves it, with a thread for each program.</summary>
    public World Begin(CircuitBreaker breaker, IEnumerable<IReadOnlyList<Operation>> programs)
    {
        var world = new World();
        var taken = new List<CircuitPermit>();
        var actor = new Actor(SetUp);
        while (!actor.IsOver)
        {
            var gives = actor.Operation.Kind is OperationKind.Enter or OperationKind.Content;
            var settles = actor.Operation.Settles && !gives;
            if (settles || actor.Operation.Kind == OperationKind.Content)
            {
                taken.Remove(actor.Own);
                world.InHand.RemoveAll(probe => probe.Permit == actor.Own);
            }

            actor = actor.Run(world, breaker, int.MaxValue);
            if (gives)
            {
                taken.Add(actor.Own);
            }
        }

        var permits = FirstPermits ? taken : [.. taken.Where(permit => permit.Era == taken[^1].Era)];
        world.ClockMoves = ClockMoves > 0;
        world.Shared = [.. permits];
        world.Actors = [.. programs.Select((program, i) => new Actor(program) { Own = i < permits.Count ? permits[i] : default })];
        return world;
    }

    public override string ToString() => Name;

    private static Operation After(double seconds) => new(OperationKind.Advance, seconds);
}

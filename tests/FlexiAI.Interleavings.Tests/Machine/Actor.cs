namespace FlexiAI.Tests;

/// <summary>
/// One simulated thread: a program of operations, and how far it is. There is no real thread. What code does between two atomic steps depends
/// only on what its steps so far have told it; so an operation goes on by running again from its beginning, its earlier steps answered from
/// the log, up to one step more.
/// </summary>
internal sealed class Actor(IReadOnlyList<Operation> program)
{
    [ThreadStatic]
    private static Turn? s_turn;

    public IReadOnlyList<Operation> Program { get; } = program;

    /// <summary>Operations done.</summary>
    public int Done { get; private init; }

    /// <summary>What the steps of the operation under way have told.</summary>
    public List<object> Log { get; private init; } = [];

    /// <summary>What its operations ended in, as text.</summary>
    public string Said { get; private init; } = "";

    /// <summary>The permit that it settles next.</summary>
    public CircuitPermit Own { get; init; }

    public bool IsOver => Done == Program.Count;

    public Operation Operation => Program[Done];

    /// <summary>The world of whatever runs on this thread now.</summary>
    public static World Here => s_turn?.World ?? throw new InvalidOperationException("Nobody runs.");

    /// <summary>A step of whatever runs on this thread now.</summary>
    public static T Step<T>(Func<World, T> act)
        where T : notnull
    {
        var turn = s_turn ?? throw new InvalidOperationException("Nobody runs.");
        if (turn.Replayed < turn.Log.Count)
        {
            return (T)turn.Log[turn.Replayed++];
        }

        if (turn.StepsLeft-- == 0)
        {
            throw Paused.Instance;
        }

        var told = act(turn.World);
        turn.Log.Add(told);
        turn.Replayed++;
        return told;
    }

    /// <summary>What goes with the step before it: done once, when that is.</summary>
    public static void Along(Action<World> act)
    {
        var turn = s_turn ?? throw new InvalidOperationException("Nobody runs.");
        if (turn.Log.Count > turn.Known && turn.Replayed == turn.Log.Count)
        {
            act(turn.World);
        }
    }

    /// <summary>The actor after its next step, or after all those of the operation; the world changes.</summary>
    public Actor Run(World world, CircuitBreaker breaker, int steps)
    {
        var turn = new Turn(world, [.. Log], steps);
        s_turn = turn;
        try
        {
            var (said, own) = Operation.Run(breaker, Operation.Permit(world, this));
            world.Returned(Operation, own);
            return new Actor(Program) { Done = Done + 1, Said = $"{Said}{Operation.Name}: {said}; ", Own = own ?? Own };
        }
        catch (Paused)
        {
            return new Actor(Program) { Done = Done, Said = Said, Own = Own, Log = turn.Log };
        }
        finally
        {
            s_turn = null;
        }
    }

    private sealed class Turn(World world, List<object> log, int steps)
    {
        public World World { get; } = world;

        /// <summary>Steps that were taken in earlier turns.</summary>
        public int Known { get; } = log.Count;

        public List<object> Log { get; } = log;

        public int Replayed { get; set; }

        public int StepsLeft { get; set; } = steps;
    }

    private sealed class Paused : Exception
    {
        public static readonly Paused Instance = new();
    }
}

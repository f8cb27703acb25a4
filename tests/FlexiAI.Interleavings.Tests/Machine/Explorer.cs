namespace FlexiAI.Tests;

/// <summary>Takes the actors through every order of their steps.</summary>
internal sealed class Explorer(CircuitBreaker breaker, int places)
{
    private readonly WorldKeys _keys = new();

    /// <summary>The arrows that were taken.</summary>
    public HashSet<(CircuitState From, CircuitState To)> Arrows { get; } = [];

    /// <summary>
    /// Fails if an invariant breaks at any step of any schedule, or if some schedule ends as no order of whole operations does.
    /// </summary>
    public void Explore(World start)
    {
        var whole = Outcomes(start, int.MaxValue);
        foreach (var (outcome, end) in Outcomes(start, 1))
        {
            // Where the clock moves between its reading and the write, an operation took place at two moments.
            Assert.True(start.ClockMoves || whole.ContainsKey(outcome), $"Not the outcome of any order:\n{outcome}\nbut one of:\n{string.Join('\n', whole.Keys)}\nafter{Schedule(end)}");
        }
    }

    private Dictionary<string, World> Outcomes(World start, int steps)
    {
        var outcomes = new Dictionary<string, World>();
        var seen = new HashSet<string> { _keys.Of(start) };
        var open = new Stack<World>([start]);
        while (open.TryPop(out var world))
        {
            var over = true;
            for (var i = 0; i < world.Actors.Length; i++)
            {
                if (!world.Actors[i].IsOver)
                {
                    over = false;
                    var next = Next(world, i, steps);
                    if (seen.Add(_keys.Of(next)))
                    {
                        open.Push(next);
                    }
                }
            }

            if (over)
            {
                Guard(world, () => Invariants.CheckEvents(world));
                outcomes.TryAdd(WorldKeys.Outcome(world), world);
            }
        }

        return outcomes;
    }

    private World Next(World world, int actor, int steps)
    {
        var next = world.Clone();
        next.Parent = (world, actor);
        Guard(next, () =>
        {
            next.Actors[actor] = world.Actors[actor].Run(next, breaker, steps);
            if (steps == 1)
            {
                Invariants.Check(world, next, actor, places);
            }
        });
        for (var era = world.Eras.Count; era < next.Eras.Count; era++)
        {
            Arrows.Add((next.Eras[era - 1], next.Eras[era]));
        }

        return next;
    }

    private static void Guard(World world, Action check)
    {
        try
        {
            check();
        }
        catch (BrokenException broken)
        {
            Assert.Fail($"{broken.Message} {WorldKeys.Outcome(world)}\nafter{Schedule(world)}");
        }
    }

    private static string Schedule(World world)
    {
        var steps = new Stack<string>();
        for (var at = world; at.Parent is var (parent, actor); at = parent)
        {
            steps.Push($"\n  thread {actor}: step {parent.Actors[actor].Log.Count + 1} of {parent.Actors[actor].Operation.Name}");
        }

        return string.Concat(steps);
    }
}

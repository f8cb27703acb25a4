namespace FlexiAI.Tests;

/// <summary>What holds at each step, whoever takes it.</summary>
internal static class Invariants
{
    public const int Threshold = 3;

    private static readonly (CircuitState From, CircuitState To)[] Arrows =
    [
        (CircuitState.Closed, CircuitState.Open), (CircuitState.Open, CircuitState.HalfOpen),
        (CircuitState.HalfOpen, CircuitState.Closed), (CircuitState.HalfOpen, CircuitState.Open),
    ];

    /// <summary>Looks at the step that an actor has taken.</summary>
    public static void Check(World before, World after, int actor, int places)
    {
        var (was, now) = (before.Current, after.Current);
        var mover = before.Actors[actor];
        var operation = mover.Operation;
        var permit = operation.Permit(before, mover);
        if (operation.Settles && permit.IsProbe && !permit.IsStream)
        {
            after.InHand.RemoveAll(probe => probe.Permit == permit);
        }

        if (!ReferenceEquals(was, now))
        {
            CheckArrow(was, now, operation);
            if (was.State == CircuitState.Open && now.State == CircuitState.HalfOpen)
            {
                Require("S3", operation.Kind == OperationKind.Enter && before.Now >= was.Deadline && before.Now >= was.NotBefore);
            }

            if (IsLoss(was, now, operation, permit))
            {
                CheckLoss(was, now, before.Now, places);
            }
            else if (operation.Settles)
            {
                CheckSettlement(was, now, operation, permit, after, places);
            }
            else
            {
                Require("S5", was.State != CircuitState.HalfOpen || now.State is CircuitState.HalfOpen or CircuitState.Isolated || operation.Kind == OperationKind.Reset);
            }
        }

        CheckState(after, places);
    }

    /// <summary>Looks at a permit as its caller gets it.</summary>
    public static void CheckGiven(World world, CircuitPermit given)
    {
        var state = world.Eras[(int)given.Era - 1];
        Require("S3", state == (given.IsProbe ? CircuitState.HalfOpen : CircuitState.Closed));
        Require("S4", !given.IsProbe || world.Born.ContainsKey(given.Probe));
    }

    /// <summary>Looks at the events once every actor is done.</summary>
    public static void CheckEvents(World world)
    {
        var told = world.Published.OrderBy(transition => transition.Era).Select(transition => (transition.Era, transition.From, transition.To));
        Require("S2", told.SequenceEqual(world.Eras.Skip(1).Select((state, i) => (i + 2L, world.Eras[i], state))));
    }

    public static void Require(string id, bool holds)
    {
        if (!holds)
        {
            throw new BrokenException(id);
        }
    }

    private static void CheckArrow(CircuitSnapshot was, CircuitSnapshot now, Operation operation)
    {
        var manual = (operation.Kind == OperationKind.Isolate && now.State == CircuitState.Isolated && was.State != CircuitState.Isolated)
            || (operation.Kind == OperationKind.Reset && now.State == CircuitState.Closed && was.State != CircuitState.Closed);
        Require("S1", was.State == now.State ? now.Era == was.Era : now.Era == was.Era + 1 && (manual || Arrows.Contains((was.State, now.State))));
    }

    private static void CheckState(World world, int places)
    {
        var now = world.Current;
        Require("S2", now.State != CircuitState.Closed || now.Failures < Threshold);
        Require("S4", now.State != CircuitState.HalfOpen || now.Probes.Length + now.ProbeSuccesses <= places);
        var inHand = world.InHand.Count(probe => probe.Permit.Era == now.Era && probe.ExpiresAt > world.Now);
        Require("S4", now.State != CircuitState.HalfOpen || inHand + now.ProbeSuccesses <= places);
    }

    // Probes whose time is over are dropped by whoever comes next, before what it came for.
    private static bool IsLoss(CircuitSnapshot was, CircuitSnapshot now, Operation operation, CircuitPermit permit) =>
        now.ProbesExpired > was.ProbesExpired
        || (was.State == CircuitState.HalfOpen && now.State == CircuitState.Open && !(operation.Kind == OperationKind.Failure && was.Awaits(permit)));

    private static void CheckLoss(CircuitSnapshot was, CircuitSnapshot now, long time, int places)
    {
        // The clock may have moved on since whoever dropped them read it.
        var over = was.Probes.Count(probe => probe.ExpiresAt <= time);
        var dropped = was.Probes.Except(now.Probes).ToList();
        Require("S5", now.State == CircuitState.Open
            ? was.ProbesExpired + over >= places
            : now.State == CircuitState.HalfOpen && dropped.TrueForAll(probe => probe.ExpiresAt <= time) && now.ProbesExpired == was.ProbesExpired + dropped.Count && now.ProbesExpired < places);
        Require("S7", now.Failures == was.Failures && (now.State == CircuitState.Open || now.ProbeSuccesses == was.ProbeSuccesses));
    }

    private static void CheckSettlement(CircuitSnapshot was, CircuitSnapshot now, Operation operation, CircuitPermit permit, World after, int places)
    {
        var isOut = Array.Exists(was.Probes, probe => probe.Id == permit.Probe);
        var goesOn = Array.IndexOf(was.Streams, permit.Probe) >= 0;
        Require("S6", permit.Era == was.Era && (!permit.IsProbe || (permit.IsStream ? goesOn : isOut && after.Settled.Add(permit.Probe))));
        switch (operation.Kind)
        {
            case OperationKind.Failure when was.State == CircuitState.HalfOpen:
                Require("S5", now.State == CircuitState.Open);
                break;
            case OperationKind.Failure:
                Require("S2", now.Failures == was.Failures + 1 && now.State == (now.Failures == Threshold ? CircuitState.Open : CircuitState.Closed));
                break;
            case OperationKind.Success or OperationKind.Content when permit is { IsProbe: true, IsStream: false }:
                var closes = was.ProbeSuccesses + 1 == places;
                Require("S5", now.State == (closes ? CircuitState.Closed : CircuitState.HalfOpen) && (closes || now.ProbeSuccesses == was.ProbeSuccesses + 1));
                break;
            case OperationKind.Success when !permit.IsProbe:
                Require("S2", now.Failures == 0 && now.State == CircuitState.Closed);
                break;
            default:
                Require("S7", (now.State, now.Failures, now.ProbeSuccesses, now.SuccessBase, now.NotBefore) == (was.State, was.Failures, was.ProbeSuccesses, was.SuccessBase, was.NotBefore));
                break;
        }
    }
}

/// <summary>An invariant does not hold.</summary>
internal sealed class BrokenException(string id) : Exception($"{id} is broken.");

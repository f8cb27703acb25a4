using System.Globalization;

namespace FlexiAI.Tests;

/// <summary>What must be true of every operation, looked up in what really lies in the store; the model is not asked.</summary>
internal sealed class StoreInvariants(StoreProgram program, StoreRun run)
{
    private readonly bool _nobodyGuesses = program.Steps.All(step => step.Knowledge != Knowledge.Ahead);
    private long _newest;

    public void Check(StoreEvent e)
    {
        R1_LiveLeases_AreNoMoreThanPlaces_AndAllOfTheCurrentEpoch(e);
        R2_TheEpochStrictlyRises_WithEachTransition(e);
        R3_WhatIsLateOrRepeated_ChangesNothing(e);
        R7_WhatIsRefused_LengthensNothing(e);
    }

    private void R1_LiveLeases_AreNoMoreThanPlaces_AndAllOfTheCurrentEpoch(StoreEvent e)
    {
        // In other states a lost state may have left some behind, which give nobody a place.
        if (e.View.State == CircuitState.HalfOpen)
        {
            var live = Leases(e.After).Where(lease => lease.Expiry > e.View.StoreTime).ToList();

            Assert.True(live.Count + e.View.Successes <= program.Places, $"R1: {live.Count} out, {e.View.Successes} succeeded, {program.Places} places");
            Assert.All(live, lease => Assert.Equal(e.View.Epoch, run.GivenIn[lease.Name]));
        }
    }

    private void R2_TheEpochStrictlyRises_WithEachTransition(StoreEvent e)
    {
        if (e.View.Epoch == e.EpochBefore)
        {
            Assert.Equal(e.StateBefore, e.View.State);
            return;
        }

        // The newest of all may lie ahead of the server's time only if somebody said so; a key that is lost then forgets it.
        var least = Math.Max(_nobodyGuesses ? _newest : e.EpochBefore, e.Operation.Caller.Seen);
        Assert.True(e.View.Epoch > least, $"R2: {e.View.Epoch} after {least}");
        _newest = e.View.Epoch;
    }

    private static void R3_WhatIsLateOrRepeated_ChangesNothing(StoreEvent e)
    {
        var late = e.Operation.Caller.Seen < e.EpochBefore
            && e.Operation.Kind is StepKind.Trip or StepKind.Report or StepKind.Renew or StepKind.Extend or StepKind.Assert;

        // Others tell a length of time, which counts from each moment at which it is told.
        var repeated = e.AtOnceAgain
            && (e.Operation.Kind is StepKind.Report or StepKind.Assert or StepKind.Force or StepKind.Withdraw
                || (e.Operation.Kind == StepKind.Trip && e.StateBefore != CircuitState.Closed));
        if (e.Operation.Kind == StepKind.Read || late || repeated)
        {
            Assert.False(e.View.Accepted);
            Assert.Equal(e.Before, e.After);
        }
    }

    // The very moments at which keys expire are part of what is compared.
    private static void R7_WhatIsRefused_LengthensNothing(StoreEvent e)
    {
        if (!e.View.Accepted || e.Operation.Kind == StepKind.Touch)
        {
            Assert.Equal(e.Before, e.After);
        }
    }

    private static IEnumerable<(string Name, long Expiry)> Leases(string stored) =>
        from lease in stored.Split(" | ")[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = lease.Split('@')
        select (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture));
}

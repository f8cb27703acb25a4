namespace FlexiAI.Tests;

public class ForceTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task Every_state_is_isolated_and_closed_by_hand(Engine engine)
    {
        foreach (var isolated in new[] { true, false })
        {
            foreach (var state in Enum.GetValues<CircuitState>())
            {
                var (fleet, a) = await BringAsync(engine, state);
                var seen = a.Seen;
                var wanted = isolated ? CircuitState.Isolated : CircuitState.Closed;

                // A hand needs to know nothing.
                var view = await fleet.Join("b").Force(isolated, seen: 0);

                Assert.Equal((wanted, state != wanted, 0), (view.State, view.Accepted, view.Leases));
                Assert.Equal(state != wanted, view.Epoch > seen);
            }
        }
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_The_same_hand_twice_changes_nothing_the_second_time(Engine engine)
    {
        foreach (var isolated in new[] { true, false })
        {
            var (fleet, a) = await BringAsync(engine, CircuitState.Open);
            await a.Force(isolated);

            await ReportTests.AssertRefusedAsync(fleet, () => a.Force(isolated));
        }
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_hand_that_knows_a_newer_epoch_than_the_store_begins_one_that_everybody_adopts(Engine engine)
    {
        var (_, a) = await BringAsync(engine, CircuitState.Isolated);
        var ahead = a.Seen + 3_600_000_000;

        var view = await a.Force(isolated: true, seen: ahead);

        Assert.Equal((true, CircuitState.Isolated, ahead + 1), (view.Accepted, view.State, view.Epoch));
    }

    private async Task<(Fleet, Member)> BringAsync(Engine engine, CircuitState state)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        if (state == CircuitState.Isolated)
        {
            await a.Force(isolated: true);
        }
        else if (state != CircuitState.Closed)
        {
            await a.Trip();
        }

        if (state == CircuitState.HalfOpen)
        {
            await fleet.EndBreakAsync();
            await a.Acquire("probe");
        }

        Assert.Equal(state, (await a.Read()).State);
        return (fleet, a);
    }
}

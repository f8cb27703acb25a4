namespace FlexiAI.Tests;

public class AssertTests(StoreServers servers)
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(40);

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task An_open_circuit_that_the_store_lost_is_restated_once_in_a_new_epoch(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        await a.Trip();
        var opened = a.Seen;
        await fleet.LoseAsync();

        var view = await a.Assert(Seconds, opens: 3);

        Assert.Equal((true, CircuitState.Open, Seconds, 3), (view.Accepted, view.State, view.Remaining, view.Opens));
        Assert.True(view.Epoch > opened);
        await ReportTests.AssertRefusedAsync(fleet, () => b.Assert(TimeSpan.FromHours(1), seen: opened));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task What_the_store_knows_as_new_is_not_restated(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await ReportTests.AssertRefusedAsync(fleet, () => a.Assert(Seconds));
        await a.Trip();
        await ReportTests.AssertRefusedAsync(fleet, () => a.Assert(Seconds));
        await a.Force(isolated: false);
        await ReportTests.AssertRefusedAsync(fleet, () => a.Assert(Seconds));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_restated_break_is_no_longer_than_any_other(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), new() { MaxRecoveryTimeout = TimeSpan.FromMinutes(3), MaxRetryAfter = TimeSpan.FromMinutes(2) });

        Assert.Equal(TimeSpan.FromMinutes(3), (await fleet.Join("a").Assert(TimeSpan.FromHours(5), seen: 1)).Remaining);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_replica_that_lost_the_last_writes_is_put_right_whatever_it_holds(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        await a.Acquire("probe of before");

        var view = await a.Assert(Seconds, seen: a.Seen + 1);

        Assert.Equal((true, CircuitState.Open, 0), (view.Accepted, view.State, view.Leases));
        Assert.DoesNotContain("probe of before", await fleet.StoredAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task An_isolation_is_restated_too_and_ended_by_nothing_but_a_hand(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Force(isolated: true);
        await fleet.LoseAsync();

        Assert.Equal((true, CircuitState.Isolated), Said(await a.Assert(default, state: CircuitState.Isolated)));
        await ReportTests.AssertRefusedAsync(fleet, () => a.Assert(Seconds, seen: a.Seen + 1));
        Assert.Equal((true, CircuitState.Closed), Said(await a.Force(isolated: false)));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task That_it_was_closed_is_restated_where_an_older_state_is_known(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await ReportTests.AssertRefusedAsync(fleet, () => a.Assert(default, state: CircuitState.Closed));

        var view = await a.Assert(Seconds, opens: 3, state: CircuitState.Closed, seen: a.Seen + 1);

        Assert.Equal((true, CircuitState.Closed, 0, "restated"), (view.Accepted, view.State, view.Opens, view.Cause));
        Assert.Equal(CircuitState.Open, (await a.Trip()).State);
    }

    private static (bool, CircuitState) Said(CircuitView view) => (view.Accepted, view.State);
}

namespace FlexiAI.Tests;

public class TripTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_trip_opens_a_circuit_that_nobody_knows_for_the_recovery_time(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));

        var view = await fleet.Join("a").Trip("ServerError");

        Assert.True(view.Accepted);
        Assert.Equal((CircuitState.Open, 1, 0, 0), (view.State, view.Opens, view.Successes, view.Leases));
        Assert.Equal(fleet.Options.RecoveryTimeout, view.Remaining);
        Assert.Equal(("ServerError", "a", ""), (view.Cause, view.By, view.OtherSettings));
        Assert.Equal(view.StoreTime, view.Epoch);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_trip_of_an_open_circuit_changes_nothing_and_tells_what_it_is(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var opened = await fleet.Join("a").Trip();
        var before = await fleet.StoredAsync();

        var view = await fleet.Join("b").Trip(atLeast: TimeSpan.FromHours(1), seen: opened.Epoch);

        Assert.Equal((false, CircuitState.Open, opened.Epoch, "a"), (view.Accepted, view.State, view.Epoch, view.By));
        Assert.Equal(before, await fleet.StoredAsync());
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_trip_from_before_the_last_transition_changes_nothing(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var (a, late) = (fleet.Join("a"), fleet.Join("late"));
        await a.Trip();
        await a.Force(isolated: false);
        var before = await fleet.StoredAsync();

        Assert.False((await late.Trip(seen: a.Seen - 1)).Accepted);
        Assert.Equal(before, await fleet.StoredAsync());
        Assert.True((await late.Trip(seen: a.Seen)).Accepted);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_half_open_or_isolated_circuit_is_not_tripped(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        await a.Acquire("probe");

        Assert.Equal((false, CircuitState.HalfOpen), Said(await a.Trip()));

        await a.Force(isolated: true);

        Assert.Equal((false, CircuitState.Isolated), Said(await a.Trip()));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_break_is_never_shorter_than_the_providers_own_time(Engine engine)
    {
        var view = await new Fleet(servers.Database(engine)).Join("a").Trip(atLeast: TimeSpan.FromSeconds(90));

        Assert.Equal(TimeSpan.FromSeconds(90), view.Remaining);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task Each_failed_recovery_makes_the_break_longer_up_to_the_cap_and_closing_forgets_it(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), new() { RecoveryBackoffFactor = 2.5, MaxRecoveryTimeout = TimeSpan.FromSeconds(200) });
        var a = fleet.Join("a");
        List<double> breaks = [(await a.Trip()).Remaining.TotalSeconds];
        foreach (var probe in "123")
        {
            await fleet.EndBreakAsync();
            await a.Acquire($"probe {probe}");
            breaks.Add((await a.Report($"probe {probe}", CircuitVote.Fail)).Remaining.TotalSeconds);
        }

        await fleet.EndBreakAsync();
        await a.Acquire("last");
        await a.Report("last", CircuitVote.Ok);
        breaks.Add((await a.Trip()).Remaining.TotalSeconds);

        Assert.Equal([60, 150, 200, 200, 60], breaks);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_cap_below_the_recovery_time_does_not_shorten_it(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), new() { MaxRecoveryTimeout = TimeSpan.FromSeconds(1), RecoveryBackoffFactor = 2 });

        Assert.Equal(TimeSpan.FromSeconds(60), (await fleet.Join("a").Trip()).Remaining);
    }

    private static (bool, CircuitState) Said(CircuitView view) => (view.Accepted, view.State);
}

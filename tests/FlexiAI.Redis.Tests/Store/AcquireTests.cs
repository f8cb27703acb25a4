namespace FlexiAI.Tests;

public class AcquireTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_closed_an_open_and_an_isolated_circuit_give_no_place_and_do_not_change(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await AssertRefusedAsync(CircuitState.Closed);
        await a.Trip();
        await AssertRefusedAsync(CircuitState.Open);
        await a.Force(isolated: true);
        await AssertRefusedAsync(CircuitState.Isolated);

        async Task AssertRefusedAsync(CircuitState state)
        {
            var before = await fleet.StoredAsync();
            var view = await a.Acquire("probe");

            Assert.Equal((false, state), (view.Accepted, view.State));
            Assert.Equal(before, await fleet.StoredAsync());
        }
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task The_first_call_after_the_break_half_opens_in_a_new_epoch_and_gets_a_place(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        var opened = await a.Trip("ServerError");
        await fleet.EndBreakAsync();

        Assert.Equal((CircuitState.Open, TimeSpan.Zero), await StateOf(fleet));

        // One that knows nothing yet asks as well as one that knows all.
        var view = await fleet.Join("b").Acquire("probe", seen: 0);

        Assert.Equal((true, CircuitState.HalfOpen, 1, 1), (view.Accepted, view.State, view.Leases, view.Opens));
        Assert.True(view.Epoch > opened.Epoch);

        // Who tripped it and why stays to be seen.
        Assert.Equal(("ServerError", "a"), (view.Cause, view.By));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_server_whose_time_was_set_back_lets_a_probe_decide_instead_of_making_the_break_longer(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        var opened = await a.Trip();
        const long Hour = 3_600_000_000;
        await fleet.Database.HashSetAsync(fleet.Circuit.Keys[0], [new("at", opened.StoreTime + Hour), new("until", opened.StoreTime + Hour + 60_000_000)]);

        Assert.Equal((CircuitState.Open, TimeSpan.Zero), await StateOf(fleet));
        Assert.Equal((true, CircuitState.HalfOpen), ((await a.Acquire("probe")).Accepted, (await a.Read()).State));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R1_No_more_places_than_probes_are_given_to_the_whole_fleet(Engine engine)
    {
        var fleet = await HalfOpenAsync(engine, places: 3);
        var before = "";
        List<bool> given = [];
        foreach (var process in "abcde")
        {
            before = await fleet.StoredAsync();
            given.Add((await fleet.Join($"{process}").Acquire($"probe of {process}")).Accepted);
        }

        // One place was given with the transition.
        Assert.Equal([true, true, false, false, false], given);
        Assert.Equal(before, await fleet.StoredAsync());
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R1_Many_at_once_get_no_more_places_than_there_are(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), new() { HalfOpenMaxCalls = 3 });
        await fleet.Join("a").Trip();
        await fleet.EndBreakAsync();
        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StoreServers.ConnectAsync(servers.Endpoint(engine))));

        var views = await Task.WhenAll(
            from number in Enumerable.Range(0, 200)
            let store = new RedisCircuitStore(
                connections[number % 8].GetDatabase(), fleet.Keys, new() { Process = $"{number}", Timeout = TimeSpan.FromSeconds(30) })
            select store.AcquireAsync(fleet.Circuit, 0, $"probe {number}", TimeSpan.FromMinutes(1)));

        Assert.Equal(3, views.Count(view => view.Accepted));
        Assert.Single(views.Where(view => view.State == CircuitState.HalfOpen).Select(view => view.Epoch).Distinct());
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R1_A_place_that_led_to_a_success_is_not_given_again(Engine engine)
    {
        var fleet = await HalfOpenAsync(engine, places: 2);
        var a = fleet.Join("a");
        await a.Read();
        await a.Report("first", CircuitVote.Ok);

        Assert.True((await a.Acquire("second")).Accepted);
        Assert.False((await a.Acquire("third")).Accepted);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_place_that_is_held_is_given_again_without_becoming_longer(Engine engine)
    {
        var fleet = await HalfOpenAsync(engine);
        var before = await fleet.StoredAsync();

        var view = await fleet.Join("a").Acquire("first", lasts: TimeSpan.FromHours(1));

        Assert.Equal((true, 1), (view.Accepted, view.Leases));
        Assert.Equal(before, await fleet.StoredAsync());
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_place_whose_time_is_over_goes_to_another_and_leaves(Engine engine)
    {
        var fleet = await HalfOpenAsync(engine);
        await fleet.EndLeaseAsync("first");

        Assert.Equal(0, (await fleet.Join("a").Read()).Leases);
        Assert.True((await fleet.Join("b").Acquire("second")).Accepted);
        Assert.DoesNotContain("first@", await fleet.StoredAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task One_that_knows_a_newer_epoch_gets_no_place_among_probes_of_an_older(Engine engine)
    {
        var fleet = await HalfOpenAsync(engine, places: 2);
        var a = fleet.Join("a");
        await a.Read();

        Assert.False((await a.Acquire("second", seen: a.Seen + 1)).Accepted);
        Assert.True((await a.Acquire("second", seen: a.Seen - 1)).Accepted);
    }

    private static async Task<(CircuitState, TimeSpan)> StateOf(Fleet fleet)
    {
        var view = await fleet.Join("reader").Read();
        return (view.State, view.Remaining);
    }

    private async Task<Fleet> HalfOpenAsync(Engine engine, int places = 1)
    {
        var fleet = new Fleet(servers.Database(engine), new() { HalfOpenMaxCalls = places });
        await fleet.Join("a").Trip();
        await fleet.EndBreakAsync();
        await fleet.Join("a").Acquire("first");
        return fleet;
    }
}

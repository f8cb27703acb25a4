namespace FlexiAI.Tests;

public class ReadTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task What_nobody_knows_is_closed_and_reading_it_stores_nothing(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));

        var view = await fleet.Join("a").Read();

        Assert.Equal(new CircuitView { Cause = "", By = "", OtherSettings = "" }, view with { StoreTime = 0 });
        Assert.Equal(" |  |  | -2 -2 -2", await fleet.StoredAsync());
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task Reading_writes_nothing_in_any_state(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await AssertPureAsync(CircuitState.Open);
        await fleet.EndBreakAsync();
        await AssertPureAsync(CircuitState.Open);
        await a.Acquire("probe");
        await fleet.EndLeaseAsync("probe");
        await AssertPureAsync(CircuitState.HalfOpen);
        await a.Force(isolated: true);
        await AssertPureAsync(CircuitState.Isolated);

        async Task AssertPureAsync(CircuitState state)
        {
            var before = await fleet.StoredAsync();

            var view = await a.Read();

            Assert.Equal((state, false), (view.State, view.Accepted));
            Assert.Equal(before, await fleet.StoredAsync());
        }
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_view_says_how_long_ago_the_last_transition_was(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        var opened = await a.Trip();
        await fleet.Database.HashSetAsync(fleet.Circuit.Keys[0], "at", opened.StoreTime - 5_000_000);

        var view = await a.Read();

        Assert.Equal(TimeSpan.Zero, opened.Age);
        Assert.Equal(TimeSpan.FromMilliseconds((view.StoreTime - opened.StoreTime + 5_000_000) / 1000), view.Age);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task All_circuits_are_read_at_once_in_their_order(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var store = fleet.Store("a");
        string[] names = ["openai", "anthropic", "{braces}", "per%cent", "co:lon", "Ω space"];
        var circuits = names.Select(name => new SharedCircuit(fleet.Keys, name, fleet.Options)).ToList();
        foreach (var circuit in circuits.Where((_, index) => index % 2 == 1))
        {
            await new Member(store, circuit).Trip(circuit.Name);
        }

        var views = await store.ReadAllAsync(circuits, TestContext.Current.CancellationToken);

        Assert.Equal(["", "anthropic", "", "per%cent", "", "Ω space"], views.Select(view => view.Cause));
        Assert.Empty(await store.ReadAllAsync([], TestContext.Current.CancellationToken));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task Settings_that_differ_from_those_of_the_last_transition_are_told(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        await fleet.Join("a").Trip();
        var other = new SharedCircuit(fleet.Keys, fleet.Circuit.Name, new() { FailureThreshold = 9 });

        var view = await fleet.Store("b").ReadAsync(other, TestContext.Current.CancellationToken);

        Assert.Equal(fleet.Circuit.Settings, view.OtherSettings);
        Assert.NotEqual(fleet.Circuit.Settings, other.Settings);
        Assert.Empty((await fleet.Join("c").Read()).OtherSettings);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_circuit_in_a_format_of_the_future_is_not_touched(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.Database.HashSetAsync(fleet.Circuit.Keys[0], "format", 2);
        var before = await fleet.StoredAsync();

        foreach (var operation in new Func<Task>[] { a.Read, () => a.Trip(), () => a.Force(isolated: true) })
        {
            var e = await Assert.ThrowsAsync<StackExchange.Redis.RedisServerException>(operation);
            Assert.Contains("format 2", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await fleet.StoredAsync());
    }
}

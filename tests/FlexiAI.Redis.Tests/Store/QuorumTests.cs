namespace FlexiAI.Tests;

public class QuorumTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task The_fleet_opens_when_as_many_processes_as_the_quorum_have_tripped(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 3);

        var first = await fleet.Join("a").Trip();
        var second = await fleet.Join("b").Trip();
        var third = await fleet.Join("c").Trip();

        Assert.Equal([CircuitState.Closed, CircuitState.Closed, CircuitState.Open], new[] { first, second, third }.Select(view => view.State));
        Assert.All([first, second, third], view => Assert.True(view.Accepted));
        Assert.Equal((0, "c"), (first.Epoch, third.By));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task One_process_that_trips_again_and_again_has_one_voice(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        var a = fleet.Join("a");

        await a.Trip();
        await a.Trip();

        Assert.Equal(CircuitState.Closed, (await a.Trip()).State);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_voice_that_is_over_does_not_count_and_leaves(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        await fleet.Join("a").Trip();
        await fleet.EndVoteAsync("a");

        Assert.Equal(CircuitState.Closed, (await fleet.Join("b").Trip()).State);
        Assert.DoesNotContain("a@", await fleet.StoredAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_shorter_voice_does_not_shorten_the_same_processs_longer_one(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        var a = fleet.Join("a");
        await a.Trip(vote: TimeSpan.FromHours(1));
        var before = await fleet.StoredAsync();

        await a.Trip(vote: TimeSpan.FromSeconds(1));

        Assert.Equal(VoteOf(before), VoteOf(await fleet.StoredAsync()));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_voice_that_was_taken_back_does_not_count(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        await a.Trip();

        Assert.True((await a.Withdraw()).Accepted);
        Assert.False((await a.Withdraw()).Accepted);
        Assert.Equal(CircuitState.Closed, (await b.Trip()).State);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_transition_forgets_the_voices_and_so_does_a_reset(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        await a.Trip();
        await b.Trip();
        await b.Force(isolated: false);

        Assert.Equal(CircuitState.Closed, (await a.Trip(seen: b.Seen)).State);
        Assert.True((await b.Force(isolated: false)).Accepted);
        Assert.Equal(CircuitState.Closed, (await b.Trip()).State);
        Assert.Equal(CircuitState.Open, (await a.Trip(seen: b.Seen)).State);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_late_voice_is_not_heard(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2);
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        await a.Force(isolated: true);
        await a.Force(isolated: false);
        await a.Trip();

        Assert.Equal((false, CircuitState.Closed), Said(await b.Trip(seen: 0)));
        Assert.Equal((true, CircuitState.Open), Said(await b.Trip(seen: a.Seen)));
    }

    private static string VoteOf(string stored) => stored.Split(" | ")[2];

    private static (bool, CircuitState) Said(CircuitView view) => (view.Accepted, view.State);
}

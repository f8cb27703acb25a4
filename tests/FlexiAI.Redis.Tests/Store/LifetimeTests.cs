namespace FlexiAI.Tests;

public class LifetimeTests(StoreServers servers)
{
    private static readonly double Ttl = TimeSpan.FromHours(2).TotalMilliseconds;

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task An_open_circuit_is_remembered_for_its_time_to_live_after_its_break(Engine engine)
    {
        var fleet = NewFleet(engine);
        var a = fleet.Join("a");
        var opened = await a.Trip();

        Assert.Equal([Expiry(opened, 60_000), -2, -2], await ExpiriesAsync(fleet));

        var longer = await a.Extend(TimeSpan.FromMinutes(5));

        Assert.Equal([Expiry(longer, 300_000), -2, -2], await ExpiriesAsync(fleet));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_half_open_circuit_is_remembered_for_its_time_to_live_after_its_longest_lease(Engine engine)
    {
        var fleet = NewFleet(engine);
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        var longest = await a.Acquire("first", TimeSpan.FromHours(1));
        await a.Acquire("second", TimeSpan.FromSeconds(1));

        Assert.Equal([Expiry(longest, 3_600_000), Expiry(longest, 3_600_000), -2], await ExpiriesAsync(fleet));

        var renewed = await a.Renew("second", TimeSpan.FromHours(3));

        Assert.Equal([Expiry(renewed, 10_800_000), Expiry(renewed, 10_800_000), -2], await ExpiriesAsync(fleet));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_vote_is_remembered_and_stores_no_state(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), quorum: 2, timeToLive: TimeSpan.FromMilliseconds(Ttl));

        var voted = await fleet.Join("a").Trip(vote: TimeSpan.FromMinutes(3));

        var expiries = await ExpiriesAsync(fleet);
        Assert.Equal([-2, -2, Expiry(voted, 180_000)], expiries);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task An_isolated_circuit_is_remembered_for_ever_and_a_closed_one_for_its_time_to_live(Engine engine)
    {
        var fleet = NewFleet(engine);
        var a = fleet.Join("a");
        await a.Trip();
        await a.Force(isolated: true);

        Assert.Equal(new long[] { -1, -2, -2 }, await ExpiriesAsync(fleet));

        var closed = await a.Force(isolated: false);

        Assert.Equal([Expiry(closed, 0), -2, -2], await ExpiriesAsync(fleet));
    }

    [Theory(Timeout = 60_000)]
    [ClassData(typeof(EachEngine))]
    public async Task What_lived_its_time_is_closed_again(Engine engine)
    {
        var fleet = new Fleet(
            servers.Database(engine), new() { RecoveryTimeout = TimeSpan.FromMilliseconds(1) }, timeToLive: TimeSpan.FromMilliseconds(1));
        var a = fleet.Join("a");
        Assert.Equal(CircuitState.Open, (await a.Trip()).State);

        while ((await a.Read()).State != CircuitState.Closed)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal(0, (await a.Read()).Epoch);
    }

    private static long Expiry(CircuitView view, long more) => (view.StoreTime / 1000) + more + (long)Ttl;

    private static async Task<long[]> ExpiriesAsync(Fleet fleet) =>
        [.. (await fleet.StoredAsync()).Split(" | ")[3].Split(' ').Select(text => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    private Fleet NewFleet(Engine engine) =>
        new(servers.Database(engine), new() { HalfOpenMaxCalls = 2 }, timeToLive: TimeSpan.FromMilliseconds(Ttl));
}

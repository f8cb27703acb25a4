namespace FlexiAI.Tests;

public class EpochTests(StoreServers servers)
{
    private const long Hour = 3_600_000_000;

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R2_The_epoch_rises_although_the_key_was_lost(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var (a, fresh) = (fleet.Join("a"), fleet.Join("fresh"));
        await a.Trip();
        await fleet.LoseAsync();

        // This one knows nothing of the lost epoch; the server's time does.
        Assert.True((await fresh.Trip()).Epoch > a.Seen);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R2_The_epoch_rises_although_the_key_was_lost_within_the_same_millisecond(Engine engine)
    {
        // Sent together and carried out one after the other, most of them within one.
        for (var i = 0; i < 50; i++)
        {
            var fleet = new Fleet(servers.Database(engine));
            var before = fleet.Join("a").Trip();
            var lost = fleet.LoseAsync();
            var after = fleet.Join("fresh").Trip();
            await lost;

            Assert.True((await after).Epoch > (await before).Epoch);
        }
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R2_The_epoch_rises_although_the_servers_time_was_set_back(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        var ahead = a.Seen + Hour;
        await fleet.Database.HashSetAsync(fleet.Circuit.Keys[0], "epoch", ahead);

        Assert.Equal(ahead + 1, (await a.Force(isolated: true)).Epoch);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R2_The_epoch_rises_above_what_a_caller_saw_although_key_and_time_were_lost(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        var ahead = (await a.Read()).StoreTime + Hour;

        Assert.Equal(ahead + 1, (await a.Trip(seen: ahead)).Epoch);
        await fleet.EndBreakAsync();
        Assert.Equal(ahead + 100, (await b.Acquire("probe", seen: ahead + 99)).Epoch);
    }
}

namespace FlexiAI.Tests;

public class RenewTests(StoreServers servers)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_place_that_is_held_is_kept_for_longer_from_now_on(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine);

        var view = await a.Renew("first", Hour);

        Assert.True(view.Accepted);
        Assert.Equal($"first@{view.StoreTime + 3_600_000_000}", LeasesOf(await fleet.StoredAsync()));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_renewal_never_shortens(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine);
        var before = await fleet.StoredAsync();

        Assert.True((await a.Renew("first", TimeSpan.FromSeconds(1))).Accepted);
        Assert.Equal(before, await fleet.StoredAsync());
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R7_A_place_that_is_not_held_is_not_renewed(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine);
        await ReportTests.AssertRefusedAsync(fleet, () => a.Renew("another", Hour));
        await ReportTests.AssertRefusedAsync(fleet, () => a.Renew("first", Hour, epoch: a.Seen - 1));
        await ReportTests.AssertRefusedAsync(fleet, () => a.Renew("first", Hour, epoch: a.Seen + 1));

        await fleet.EndLeaseAsync("first");

        await ReportTests.AssertRefusedAsync(fleet, () => a.Renew("first", Hour));
    }

    private static string LeasesOf(string stored) => stored.Split(" | ")[1];

    private async Task<(Fleet, Member)> HalfOpenAsync(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        await a.Acquire("first");
        return (fleet, a);
    }
}

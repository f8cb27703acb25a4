namespace FlexiAI.Tests;

public class ExtendTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_break_is_lengthened_in_the_same_epoch_and_never_shortened(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        var opened = await a.Trip();

        var longer = await a.Extend(TimeSpan.FromSeconds(90));

        Assert.Equal((true, opened.Epoch, TimeSpan.FromSeconds(90), 1), (longer.Accepted, longer.Epoch, longer.Remaining, longer.Opens));
        await ReportTests.AssertRefusedAsync(fleet, () => a.Extend(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_break_is_not_lengthened_beyond_what_is_believed(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine), new() { MaxRetryAfter = TimeSpan.FromSeconds(100) });
        var a = fleet.Join("a");
        await a.Trip();

        Assert.Equal(TimeSpan.FromSeconds(100), (await a.Extend(TimeSpan.FromHours(5))).Remaining);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R7_Only_the_break_of_this_epoch_is_lengthened(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        var hour = TimeSpan.FromHours(1);
        await ReportTests.AssertRefusedAsync(fleet, () => a.Extend(hour));
        await a.Trip();
        await ReportTests.AssertRefusedAsync(fleet, () => a.Extend(hour, epoch: a.Seen - 1));
        await ReportTests.AssertRefusedAsync(fleet, () => a.Extend(hour, epoch: a.Seen + 1));
        await a.Force(isolated: true);
        await ReportTests.AssertRefusedAsync(fleet, () => a.Extend(hour));
    }
}

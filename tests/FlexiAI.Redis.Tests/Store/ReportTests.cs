namespace FlexiAI.Tests;

public class ReportTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task As_many_successes_as_places_close_the_circuit(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine, places: 2);
        var probing = a.Seen;
        await a.Acquire("second");

        var one = await a.Report("first", CircuitVote.Ok);
        var two = await a.Report("second", CircuitVote.Ok);

        Assert.Equal((true, CircuitState.HalfOpen, probing, 1, 1), (one.Accepted, one.State, one.Epoch, one.Successes, one.Leases));
        Assert.Equal((true, CircuitState.Closed, 0, 0), (two.Accepted, two.State, two.Opens, two.Successes));
        Assert.True(two.Epoch > probing);
        Assert.Equal(-2, ExpiryOfLeases(await fleet.StoredAsync()));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task One_failure_opens_again_in_a_new_epoch_and_no_other_probe_counts_any_more(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine, places: 2);
        var probing = a.Seen;
        await a.Acquire("second");

        var view = await a.Report("first", CircuitVote.Fail, atLeast: TimeSpan.FromSeconds(90));

        Assert.Equal((true, CircuitState.Open, 2, TimeSpan.FromSeconds(90)), (view.Accepted, view.State, view.Opens, view.Remaining));
        Assert.True(view.Epoch > probing);
        await AssertRefusedAsync(fleet, () => a.Report("second", CircuitVote.Ok, epoch: probing));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_neutral_end_gives_the_place_back(Engine engine)
    {
        var (_, a) = await HalfOpenAsync(engine);

        var view = await a.Report("first", CircuitVote.Neutral);

        Assert.Equal((true, CircuitState.HalfOpen, 0, 0), (view.Accepted, view.State, view.Successes, view.Leases));
        Assert.True((await a.Acquire("second")).Accepted);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_second_report_of_a_probe_changes_nothing(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine, places: 2);
        await a.Report("first", CircuitVote.Ok);

        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Ok));
        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Fail));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_report_of_another_epoch_changes_nothing(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine);

        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Ok, epoch: a.Seen - 1));
        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Fail, epoch: a.Seen + 1));
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task R3_A_report_by_one_that_lost_its_place_changes_nothing(Engine engine)
    {
        var (fleet, a) = await HalfOpenAsync(engine);
        await fleet.EndLeaseAsync("first");
        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Fail));
        await a.Acquire("second");

        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Ok));
        Assert.True((await a.Report("second", CircuitVote.Ok)).Accepted);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task Outside_half_open_nothing_is_reported(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Fail));
        await a.Trip();
        await AssertRefusedAsync(fleet, () => a.Report("first", CircuitVote.Ok));
    }

    internal static async Task AssertRefusedAsync(Fleet fleet, Func<Task<CircuitView>> operation)
    {
        var before = await fleet.StoredAsync();

        Assert.False((await operation()).Accepted);
        Assert.Equal(before, await fleet.StoredAsync());
    }

    private static long ExpiryOfLeases(string stored) => long.Parse(stored.Split(" | ")[3].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(Fleet, Member)> HalfOpenAsync(Engine engine, int places = 1)
    {
        var fleet = new Fleet(servers.Database(engine), new() { HalfOpenMaxCalls = places });
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        await a.Acquire("first");
        return (fleet, a);
    }
}

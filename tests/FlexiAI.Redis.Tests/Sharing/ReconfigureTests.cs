namespace FlexiAI.Tests;

/// <summary>Circuits that join and leave while a client shares others.</summary>
public sealed class ReconfigureTests(StoreServers servers)
{
    private static readonly string[] Both = ["primary", "backup"];

    [Fact]
    public async Task An_entry_that_comes_later_is_open_where_it_is_open_for_the_others_and_tells_them_too()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2, Slowly, redis => redis.PollInterval = TimeSpan.FromMinutes(1));
        await fleet.ConnectedAsync();
        fleet.Reconfigure(1, "backup");
        await fleet.TripAsync(0);
        await SharingFleet.UntilAsync(() => fleet.Status(0).Sharing!.Epoch > 0, "the trip is told");

        fleet.Reconfigure(1, Both);

        await fleet.AllAsync(CircuitState.Open);
        var calls = fleet.Primary.Calls;
        Assert.Equal("backup", (await fleet.AskAsync(1)).Provider);
        Assert.Equal(calls, fleet.Primary.Calls);
        fleet.Clients[1].ResetCircuitBreakers("primary");
        await fleet.AllAsync(CircuitState.Closed);
    }

    [Fact]
    public async Task An_entry_that_is_removed_neither_tells_nor_hears_and_the_ones_that_stay_do_both()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2, Slowly);
        await fleet.ConnectedAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Primary.Reply = async _ =>
        {
            arrived.TrySetResult();
            await gate.Task;
            throw Answers.Failure(FailureKind.ServerError);
        };
        var asking = Enumerable.Range(0, 3).Select(_ => fleet.AskAsync(1)).ToList();
        await arrived.Task;

        // Its circuit opens after it has left.
        fleet.Reconfigure(1, "backup");
        gate.SetResult();
        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal("backup", answer.Provider));

        fleet.Clients[1].IsolateProvider("backup", everywhere: true);
        await SharingFleet.UntilAsync(() => fleet.Clients[0].GetProviderStatus("backup").CircuitBreaker.State == CircuitState.Isolated, "the other circuit is shared");
        Assert.Equal((CircuitState.Closed, 0L), (fleet.Circuit(0).State, fleet.Status(0).Sharing!.Epoch));
    }

    [Fact]
    public async Task A_probe_that_is_out_when_its_entry_is_removed_keeps_no_place_from_the_others()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var out1 = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Primary.Reply = async _ =>
        {
            out1.TrySetResult();
            await gate.Task;
            return Answers.Text("late");
        };
        await fleet.BreakOverAsync();
        var probe = fleet.AskAsync(0);
        await out1.Task;
        Assert.Equal("backup", (await fleet.AskAsync(1)).Provider);

        fleet.Reconfigure(0, "backup");
        fleet.Primary.Healthy();

        // Long before the lease would have run out.
        await SharingFleet.UntilAsync(() => fleet.AskAsync(1).GetAwaiter().GetResult().Provider == "primary", "the other process tests the recovery");
        gate.SetResult();
        Assert.Equal("late", (await probe).Text);
    }

    // No recovery while a test runs.
    private static void Slowly(FlexiOptions options) => options.CircuitBreaker.RecoveryTimeout = TimeSpan.FromMinutes(10);
}

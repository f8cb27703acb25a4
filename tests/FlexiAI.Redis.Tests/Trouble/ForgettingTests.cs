namespace FlexiAI.Tests;

/// <summary>Redis loses data, scripts or connections while it runs.</summary>
public sealed class ForgettingTests
{
    [Fact]
    public async Task An_open_circuit_that_was_flushed_stays_open_and_is_told_again()
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var epoch = fleet.Status(1).Sharing!.Epoch;
        var traffic = new Traffic(fleet);

        await admin.GetDatabase().ExecuteAsync("FLUSHALL");
        await SharingFleet.UntilAsync(() => fleet.Clients.TrueForAll(client => client.GetProviderStatus("primary").Sharing!.Epoch > epoch), "the circuit is told again");
        fleet.Clients.Add(fleet.Create());
        await fleet.AllAsync(CircuitState.Open);
        await traffic.EndAsync();

        Assert.Equal((3, 0), (fleet.Primary.Calls, fleet.Lost()));
    }

    [Fact]
    public async Task Scripts_that_were_flushed_before_each_operation_are_not_missed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await using var fleet = new SharingFleet(server.Endpoint, 2, share: Troubled.Seldom);
        Task FlushAsync() => admin.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        await fleet.ConnectedAsync();

        await FlushAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        await fleet.BreakOverAsync();
        fleet.Primary.Reply = async _ =>
        {
            await FlushAsync();
            return Answers.Text("back");
        };
        await FlushAsync();
        Assert.Equal("primary", (await fleet.AskAsync(1)).Provider);
        await fleet.AllAsync(CircuitState.Closed);

        Assert.Equal((4, 0), (fleet.Primary.Calls, fleet.Lost()));
        var statistics = (string)(await admin.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        Assert.Contains("cmdstat_eval:calls=", statistics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_connections_being_killed_no_request_fails_and_sharing_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly, Troubled.Often);
        int Kill(string type) => (int)admin.GetDatabase().Execute("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
        await fleet.ConnectedAsync();
        var traffic = new Traffic(fleet);

        // They are back so soon that mostly nobody notices.
        await SharingFleet.UntilAsync(() => Kill("normal") + Kill("pubsub") >= 0 && fleet.Lost() > 0, "a process notices");
        await traffic.GoesOnAsync();
        await traffic.EndAsync();
        Assert.Equal(0, fleet.Backup.Calls);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        Assert.Equal(3 + fleet.Lost(), fleet.Found());
    }
}

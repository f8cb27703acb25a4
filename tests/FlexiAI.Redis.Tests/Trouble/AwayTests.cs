namespace FlexiAI.Tests;

/// <summary>Processes that share circuits, while Redis is not there, and when it is back.</summary>
public sealed class AwayTests
{
    [Fact]
    public async Task Absent_at_the_start_it_is_done_without_and_sharing_begins_by_itself_when_it_is_there()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 2);

        await fleet.TripAsync(0);
        Assert.Equal((CircuitState.Open, CircuitState.Closed), (fleet.Circuit(0).State, fleet.Circuit(1).State));
        Assert.Equal(new CircuitSharingStatus(false, 0, null, null, null), fleet.Status(0).Sharing);
        fleet.Primary.Healthy();
        await SharingFleet.UntilAsync(() => fleet.Circuit(0).RetryAfter == TimeSpan.Zero, "the break is over");
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);
        await SharingFleet.UntilAsync(() => fleet.Lost() == 2, "each process says that Redis is away");
        await server.RestartAsync();
        await fleet.ConnectedAsync();
        await fleet.TripAsync(1);
        await fleet.AllAsync(CircuitState.Open);

        Assert.Equal((2, 2), (fleet.Lost(), fleet.Found()));
    }

    [Fact]
    public async Task A_trip_while_it_is_away_is_told_when_it_is_back()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await server.KillAsync();
        await fleet.DisconnectedAsync();

        await fleet.TripAsync(0);
        await server.RestartAsync();
        await fleet.AllAsync(CircuitState.Open);

        Assert.Equal(3, fleet.Primary.Calls);
        Assert.Equal("ServerError", fleet.Status(2).Sharing!.Cause);
    }

    [Fact]
    public async Task What_is_done_by_hand_while_it_hangs_is_told_when_it_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly, redis => redis.Timeout = TimeSpan.FromMilliseconds(400));
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        server.Pause();
        await fleet.DisconnectedAsync();
        fleet.Primary.Healthy();
        fleet.Clients[1].ResetCircuitBreakers();
        Assert.Equal("primary", (await fleet.AskAsync(1)).Provider);
        server.Continue();

        await fleet.ConnectedAsync();
        await fleet.AllAsync(CircuitState.Closed);
        fleet.Clients[2].IsolateProvider("primary", everywhere: true);
        await fleet.AllAsync(CircuitState.Isolated);
    }

    [Fact]
    public async Task Of_what_several_do_by_hand_while_it_is_away_one_is_everybodys_in_the_end()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 2, Troubled.Slowly, redis => redis.Timeout = TimeSpan.FromMilliseconds(400));
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        server.Pause();
        await fleet.DisconnectedAsync();
        fleet.Clients[1].ResetCircuitBreakers();
        fleet.Clients[0].IsolateProvider("primary", everywhere: true);
        fleet.Clients[0].ResetCircuitBreakers();
        fleet.Clients[0].IsolateProvider("primary", everywhere: true);
        server.Continue();
        await fleet.ConnectedAsync();

        await SharingFleet.UntilAsync(() => fleet.Circuit(0).State == fleet.Circuit(1).State && fleet.Status(0).Sharing!.Epoch == fleet.Status(1).Sharing!.Epoch, "both agree");
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_neither_fails_requests_nor_ends_the_sharing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 2, Troubled.Slowly);
        await fleet.ConnectedAsync();
        fleet.Log.Fails = true;
        await server.KillAsync();
        await fleet.DisconnectedAsync();
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);

        await server.RestartAsync();
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
    }

    [Fact]
    public async Task A_trip_while_it_is_away_is_told_even_if_it_forgot_what_came_before()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(1);
        await fleet.AllAsync(CircuitState.Open);
        fleet.Clients[2].ResetCircuitBreakers();
        await fleet.AllAsync(CircuitState.Closed);
        await server.KillAsync();
        await fleet.DisconnectedAsync();

        await fleet.TripAsync(0);
        Assert.Equal(CircuitState.Closed, fleet.Circuit(1).State);
        await server.RestartAsync();
        await fleet.AllAsync(CircuitState.Open);

        Assert.Equal(6, fleet.Primary.Calls);
    }

    [Fact]
    public async Task Killed_while_circuits_are_closed_no_request_fails_and_the_next_trip_opens_all()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        var traffic = new Traffic(fleet);

        await server.KillAsync();
        await fleet.DisconnectedAsync();
        await traffic.GoesOnAsync();
        await server.RestartAsync();
        await fleet.ConnectedAsync();
        await traffic.EndAsync();

        Assert.Equal(0, fleet.Backup.Calls);
        Assert.Equal((3, 6), (fleet.Lost(), fleet.Found()));
        await fleet.TripAsync(1);
        await fleet.AllAsync(CircuitState.Open);
    }

    [Fact]
    public async Task Killed_while_a_circuit_is_open_it_is_told_again_and_a_new_process_finds_it_open()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var epoch = fleet.Status(1).Sharing!.Epoch;
        var traffic = new Traffic(fleet);

        await server.KillAsync();
        await fleet.DisconnectedAsync();
        await traffic.GoesOnAsync();
        await server.RestartAsync();
        await SharingFleet.UntilAsync(() => fleet.Clients.TrueForAll(client => client.GetProviderStatus("primary").Sharing!.Epoch > epoch), "the circuit is told again");
        fleet.Clients.Add(fleet.Create());
        await fleet.AllAsync(CircuitState.Open);
        await traffic.EndAsync();

        Assert.Equal(3, fleet.Primary.Calls);
        Assert.Equal("ServerError", fleet.Status(3).Sharing!.Cause);
        Assert.InRange(fleet.Circuit(3).RetryAfter!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Killed_while_a_probe_is_out_that_succeeds_every_process_finds_the_provider_back()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.OnceQuickly);
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();

        await server.KillAsync();
        await fleet.DisconnectedAsync();
        answer.SetResult();
        await probe;
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync();
        await fleet.AllAsync(CircuitState.Closed);
        await server.RestartAsync();
        await fleet.ConnectedAsync();
        await traffic.GoesOnAsync();
        await traffic.EndAsync();

        await fleet.AllAsync(CircuitState.Closed);
    }

    [Fact]
    public async Task Killed_while_a_probe_is_out_that_fails_the_circuit_of_all_is_open_again_afterwards()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.OnceQuickly);
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();

        await server.KillAsync();
        await fleet.DisconnectedAsync();
        answer.SetException(Answers.Failure(FailureKind.ServerError));
        await probe;
        Assert.Equal((CircuitState.Open, CircuitState.HalfOpen), (fleet.Circuit(0).State, fleet.Circuit(1).State));
        await server.RestartAsync();

        await fleet.AllAsync(CircuitState.Open);
        Assert.Equal(4, fleet.Primary.Calls);
    }
}

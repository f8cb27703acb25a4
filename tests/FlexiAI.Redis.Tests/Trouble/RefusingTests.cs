using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>Redis answers, and takes nothing in.</summary>
public sealed class RefusingTests
{
    [Fact]
    public Task A_full_server_is_done_without_until_there_is_room() => DoneWithoutAsync(
        async database =>
        {
            await database.StringSetAsync("ballast", new byte[1 << 20]);
            await database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb", "maxmemory-policy", "noeviction");
        },
        database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "0"));

    [Fact]
    public Task A_server_demoted_to_a_replica_is_done_without_until_it_is_a_primary() => DoneWithoutAsync(
        database => database.ExecuteAsync("REPLICAOF", "127.0.0.1", $"{FreePort.Find()}"),
        database => database.ExecuteAsync("REPLICAOF", "NO", "ONE"));

    private static async Task DoneWithoutAsync(Func<IDatabase, Task> refuse, Func<IDatabase, Task> relent)
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await using var fleet = new SharingFleet(server.Endpoint, 2, Troubled.Slowly, Troubled.Often);
        await fleet.ConnectedAsync();
        await refuse(admin.GetDatabase());

        await fleet.TripAsync(0);
        await SharingFleet.UntilAsync(() => !fleet.Status(0).Sharing!.Connected, "the process knows that nothing is taken in");
        Assert.Equal((CircuitState.Open, CircuitState.Closed), (fleet.Circuit(0).State, fleet.Circuit(1).State));
        fleet.Primary.Healthy();
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync(200);
        await traffic.EndAsync();
        Assert.Equal((CircuitState.Open, CircuitState.Closed), (fleet.Circuit(0).State, fleet.Circuit(1).State));
        Assert.False(fleet.Status(0).Sharing!.Connected);
        Assert.InRange(fleet.Lost(), 1, 2);
        Assert.Equal(2, fleet.Found());

        await relent(admin.GetDatabase());
        await fleet.AllAsync(CircuitState.Open);
        await fleet.ConnectedAsync();
        Assert.Equal(2 + fleet.Lost(), fleet.Found());
    }
}

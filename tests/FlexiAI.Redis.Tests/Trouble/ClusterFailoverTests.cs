namespace FlexiAI.Tests;

/// <summary>A cluster that replaces a primary by itself.</summary>
public sealed class ClusterFailoverTests
{
    [Fact]
    public async Task A_circuit_whose_primary_ended_stays_open_and_is_shared_again_when_the_replica_has_taken_over()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var fleet = new SharingFleet(cluster.Endpoints, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AgreedAsync(CircuitState.Open);
        var epoch = fleet.Status(0).Sharing!.Epoch;
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync();

        await (await cluster.OwnerOfAsync(await cluster.SlotOfAsync(fleet.Key))).KillAsync();
        await fleet.DisconnectedAsync();
        await fleet.AgreedAsync(CircuitState.Open);
        fleet.Clients.Add(fleet.Create());
        await fleet.AgreedAsync(CircuitState.Open);
        await traffic.GoesOnAsync();
        await traffic.EndAsync();

        Assert.Equal(3, fleet.Primary.Calls);
        Assert.InRange(fleet.Status(3).Sharing!.Epoch, epoch, long.MaxValue);
        fleet.Clients[1].ResetCircuitBreakers();
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
    }
}

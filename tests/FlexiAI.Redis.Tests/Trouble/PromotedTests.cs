using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>A replica takes over that never got the last writes of the primary.</summary>
public sealed class PromotedTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trip_that_the_new_primary_never_heard_of_is_told_again_in_a_later_epoch(bool killed)
    {
        await using var pair = await RedisPair.StartAsync();
        await using var fleet = new SharingFleet(pair.Endpoints, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(1);
        await fleet.AgreedAsync(CircuitState.Open);
        fleet.Clients[2].ResetCircuitBreakers();
        await fleet.AgreedAsync(CircuitState.Closed);
        await pair.CutAsync();
        var before = await EpochAsync(pair, fleet);
        await fleet.TripAsync(0);
        await fleet.AgreedAsync(CircuitState.Open, after: before);
        var epoch = fleet.Status(0).Sharing!.Epoch;
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync();

        await pair.LosePrimaryAsync(killed);
        await pair.PromoteAsync();
        Assert.Equal(before, await EpochAsync(pair, fleet));
        await traffic.GoesOnAsync();
        await fleet.AgreedAsync(CircuitState.Open, after: epoch);
        fleet.Clients.Add(fleet.Create());
        await fleet.AgreedAsync(CircuitState.Open, after: epoch);
        await traffic.GoesOnAsync();
        await traffic.EndAsync();

        Assert.Equal(6, fleet.Primary.Calls);
        Assert.Equal(fleet.Status(3).Sharing!.Epoch, await EpochAsync(pair, fleet));
        fleet.Clients[3].ResetCircuitBreakers();
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
    }

    private static async Task<long> EpochAsync(RedisPair pair, SharingFleet fleet) => (long)await pair.Replica.HashGetAsync(fleet.Key, "epoch");
}

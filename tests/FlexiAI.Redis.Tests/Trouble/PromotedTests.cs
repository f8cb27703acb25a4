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
        var before = await CutAsync(pair, fleet);
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

    [Fact]
    public async Task A_reset_that_the_new_primary_never_heard_of_is_told_again()
    {
        await using var pair = await RedisPair.StartAsync();
        await using var fleet = new SharingFleet(pair.Endpoints, 3, Troubled.Slowly);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(1);
        await fleet.AgreedAsync(CircuitState.Open);
        var epoch = await CutAsync(pair, fleet);
        fleet.Clients[2].ResetCircuitBreakers();
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        epoch = fleet.Status(0).Sharing!.Epoch;

        await LoseAsync(pair, fleet);
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        fleet.Clients.Add(fleet.Create());
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        await fleet.TripAsync(0);
        await fleet.AgreedAsync(CircuitState.Open, after: epoch);
    }

    [Fact]
    public async Task A_recovery_that_the_new_primary_never_heard_of_does_not_keep_later_trips_from_the_others()
    {
        await using var pair = await RedisPair.StartAsync();
        await using var fleet = new SharingFleet(pair.Endpoints, 3, Troubled.OnceQuickly);
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();
        var epoch = await CutAsync(pair, fleet);
        answer.SetResult();
        await probe;
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        epoch = fleet.Status(0).Sharing!.Epoch;

        await LoseAsync(pair, fleet);
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        await fleet.TripAsync(1);
        await fleet.AgreedAsync(CircuitState.Open, after: epoch);
        await fleet.BreakOverAsync();
        fleet.Primary.Healthy();
        Assert.Equal("primary", (await fleet.AskAsync(2)).Provider);
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
    }

    [Fact]
    public async Task Of_two_recoveries_being_tested_the_new_primary_knows_the_first_and_yet_the_second_ends()
    {
        await using var pair = await RedisPair.StartAsync();
        await using var fleet = new SharingFleet(pair.Endpoints, 3, options => options.CircuitBreaker.RecoveryTimeout = TimeSpan.FromMilliseconds(300));
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();
        var epoch = await CutAsync(pair, fleet);
        answer.SetException(Answers.Failure(FailureKind.ServerError));
        await probe;
        await fleet.AgreedAsync(CircuitState.Open, after: epoch);
        (answer, probe) = await fleet.ProbeAsync();
        epoch = fleet.Status(0).Sharing!.Epoch;

        await LoseAsync(pair, fleet);
        answer.SetResult();
        await probe;
        var traffic = new Traffic(fleet);
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
        await traffic.EndAsync();
    }

    /// <summary>The new primary is there, and every process knows it.</summary>
    private static async Task LoseAsync(RedisPair pair, SharingFleet fleet)
    {
        await pair.LosePrimaryAsync(killed: true);
        await fleet.DisconnectedAsync();
        await pair.PromoteAsync();
        await fleet.ConnectedAsync();
    }

    /// <returns>What the replica knows for good.</returns>
    private static async Task<long> CutAsync(RedisPair pair, SharingFleet fleet)
    {
        await pair.CutAsync();
        return await EpochAsync(pair, fleet);
    }

    private static async Task<long> EpochAsync(RedisPair pair, SharingFleet fleet) => (long)await pair.Replica.HashGetAsync(fleet.Key, "epoch");
}

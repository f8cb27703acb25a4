namespace FlexiAI.Tests;

/// <summary>Circuits in a cluster of three primaries and their replicas, while the slot of the circuit's keys moves from one to another.</summary>
public sealed class ClusterTests(ClusterServers servers) : IClassFixture<ClusterServers>
{
    [Fact]
    public async Task Circuits_are_shared_over_a_cluster()
    {
        await using var fleet = new SharingFleet(servers.Cluster.Endpoints, 3);
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0);
        await fleet.AgreedAsync(CircuitState.Open);
        await fleet.BreakOverAsync();
        fleet.Primary.Healthy();
        Assert.Equal("primary", (await fleet.AskAsync(1)).Provider);
        await fleet.AgreedAsync(CircuitState.Closed);

        Assert.Equal((4, 0), (fleet.Primary.Calls, fleet.Lost()));
    }

    [Fact]
    public async Task A_circuit_whose_slot_moves_stays_open_everywhere_and_is_found_open_where_it_went()
    {
        await using var fleet = new SharingFleet(servers.Cluster.Endpoints, 3, Troubled.Slowly, Troubled.Often);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AgreedAsync(CircuitState.Open);
        var epoch = fleet.Status(0).Sharing!.Epoch;
        var traffic = new Traffic(fleet);

        // While some of the circuit's keys may be at either primary, neither runs the script.
        var move = await MoveAsync(fleet);
        await fleet.DisconnectedAsync();
        await traffic.GoesOnAsync();
        await move.MoveKeysAsync();
        await traffic.GoesOnAsync();
        await move.EndAsync();
        await fleet.AgreedAsync(CircuitState.Open);
        fleet.Clients.Add(fleet.Create());
        await fleet.AgreedAsync(CircuitState.Open);
        await traffic.GoesOnAsync();
        await traffic.EndAsync();

        Assert.Equal((3, epoch), (fleet.Primary.Calls, fleet.Status(3).Sharing!.Epoch));
        Assert.Equal("ServerError", fleet.Status(3).Sharing!.Cause);
        fleet.Clients[3].ResetCircuitBreakers();
        await fleet.AgreedAsync(CircuitState.Closed, after: epoch);
    }

    [Fact]
    public async Task A_trip_while_the_slot_moves_is_told_when_it_has_moved()
    {
        await using var fleet = new SharingFleet(servers.Cluster.Endpoints, 3, Troubled.Slowly, Troubled.Often);
        await fleet.ConnectedAsync();
        var move = await MoveAsync(fleet);
        await fleet.DisconnectedAsync();

        await fleet.TripAsync(0);
        Assert.Equal((CircuitState.Open, CircuitState.Closed), (fleet.Circuit(0).State, fleet.Circuit(1).State));
        await move.EndAsync();
        await fleet.AgreedAsync(CircuitState.Open);

        Assert.Equal(3, fleet.Primary.Calls);
    }

    [Theory]
    [InlineData(true, CircuitState.Closed)]
    [InlineData(false, CircuitState.Open)]
    public async Task What_a_probe_found_while_the_slot_moved_is_told_when_it_has_moved(bool isBack, CircuitState expected)
    {
        await using var fleet = new SharingFleet(servers.Cluster.Endpoints, 3, Troubled.OnceQuickly, Troubled.Often);
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();
        var epoch = fleet.Status(1).Sharing!.Epoch;
        var move = await MoveAsync(fleet);
        await fleet.DisconnectedAsync();

        if (isBack)
        {
            answer.SetResult();
        }
        else
        {
            answer.SetException(Answers.Failure(FailureKind.ServerError));
        }

        await probe;
        await move.EndAsync();
        await fleet.AgreedAsync(expected, after: epoch);

        Assert.Equal(4, fleet.Primary.Calls);
    }

    private async Task<SlotMove> MoveAsync(SharingFleet fleet) =>
        await servers.Cluster.BeginToMoveAsync(await servers.Cluster.SlotOfAsync(fleet.Key));
}

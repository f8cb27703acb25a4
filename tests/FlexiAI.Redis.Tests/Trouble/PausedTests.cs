namespace FlexiAI.Tests;

/// <summary>Redis hangs: connections stay, nothing answers; later it goes on as if nothing had been.</summary>
public sealed class PausedTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task A_request_that_would_probe_waits_for_its_timeout_and_goes_by_local_rules()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 2, share: redis =>
        {
            Troubled.Seldom(redis);
            redis.Timeout = Timeout;
        });
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        await fleet.BreakOverAsync();
        fleet.Primary.Healthy();
        server.Pause();

        // Redis is still paused when these are answered. The first asked it, the next ones know better.
        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);
        Assert.True(TimeProvider.System.GetElapsedTime(since) > Timeout - TimeSpan.FromMilliseconds(20));
        Assert.False(fleet.Status(0).Sharing!.Connected);
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);
        Assert.Equal("primary", (await fleet.AskAsync(1)).Provider);
        Assert.Equal(2, fleet.Lost());
        server.Continue();
    }

    [Fact]
    public async Task A_question_that_was_given_up_leaves_no_place_behind()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 2, share: HoldsForHours);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        await fleet.BreakOverAsync();
        fleet.Primary.Healthy();
        server.Pause();
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);

        // Now Redis does what it was asked, and nobody waits for its answer any more.
        server.Continue();
        await fleet.ConnectedAsync();
        var traffic = new Traffic(fleet);
        await SharingFleet.UntilAsync(() => fleet.Status(0).Sharing!.Epoch == fleet.Status(1).Sharing!.Epoch && fleet.Circuit(0).State == fleet.Circuit(1).State && fleet.Circuit(0).State == CircuitState.Closed, "both are closed");
        await traffic.EndAsync();
    }

    [Theory]
    [InlineData(true, CircuitState.Closed)]
    [InlineData(false, CircuitState.Open)]
    public async Task What_a_probe_found_while_nothing_answered_is_told_afterwards(bool isBack, CircuitState expected)
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.OnceQuickly, HoldsForHours);
        await fleet.ConnectedAsync();
        var (answer, probe) = await fleet.HalfOpenAsync();
        server.Pause();
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
        server.Continue();

        await fleet.AllAsync(expected);
        Assert.Equal(4, fleet.Primary.Calls);
    }

    [Fact]
    public async Task No_request_fails_while_it_hangs_and_all_agree_afterwards()
    {
        await using var server = await RedisServer.StartAsync();
        await using var fleet = new SharingFleet(server.Endpoint, 3, Troubled.Slowly, redis => redis.Timeout = Timeout);
        await fleet.ConnectedAsync();
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync();

        server.Pause();
        await fleet.DisconnectedAsync();
        fleet.Primary.Failing(FailureKind.ServerError);
        await fleet.AllAsync(CircuitState.Open);
        await traffic.GoesOnAsync();
        server.Continue();
        await fleet.ConnectedAsync();
        await traffic.GoesOnAsync();
        await traffic.EndAsync();

        await fleet.AllAsync(CircuitState.Open);
        await SharingFleet.UntilAsync(() => fleet.Clients.Select(client => client.GetProviderStatus("primary").Sharing!.Epoch).Distinct().Count() == 1, "all know the same epoch");
        Assert.NotEqual(0, fleet.Status(0).Sharing!.Epoch);
    }

    private static void HoldsForHours(RedisSharingOptions redis)
    {
        redis.LeaseTime = TimeSpan.FromHours(1);
        redis.Timeout = Timeout;
    }
}

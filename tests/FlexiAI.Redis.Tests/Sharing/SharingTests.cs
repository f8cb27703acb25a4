using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Circuits that several processes share, Redis being there.</summary>
public sealed class SharingTests(StoreServers servers)
{
    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task One_process_that_opens_a_circuit_opens_it_for_all(Engine engine)
    {
        await using var fleet = new SharingFleet(servers.Endpoint(engine), 4, Slowly);
        var transitions = new System.Collections.Concurrent.ConcurrentQueue<CircuitTransition>();
        fleet.Clients[1].CircuitChanged += (_, transition) => transitions.Enqueue(transition);
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);

        Assert.Equal(3, fleet.Primary.Calls);
        await SharingFleet.UntilAsync(() => !transitions.IsEmpty, "the transition is told");
        var told = Assert.Single(transitions);
        Assert.Equal((CircuitState.Open, CircuitTransitionCause.Remote), (told.To, told.Cause));
        var sharing = fleet.Status(1).Sharing!;
        Assert.Equal((true, "ServerError"), (sharing.Connected, sharing.Cause));
        Assert.NotNull(sharing.ChangedBy);
        Assert.Equal("backup", (await fleet.AskAsync(3)).Provider);
        Assert.Equal(3, fleet.Primary.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task At_the_recovery_no_more_probes_leave_the_fleet_than_one_process_may_send(int places)
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 4, options => options.CircuitBreaker.HalfOpenMaxCalls = places);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var gate = new TaskCompletionSource();
        var before = fleet.Primary.Calls;
        fleet.Primary.Reply = async _ =>
        {
            await gate.Task;
            return Answers.Text("back");
        };
        await fleet.BreakOverAsync();

        var asking = Enumerable.Range(0, 100).Select(i => fleet.AskAsync(i % 4)).ToList();
        await SharingFleet.UntilAsync(() => fleet.Primary.Calls - before == places && asking.Count(ask => ask.IsCompleted) == 100 - places, "all but the probes are answered");
        gate.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.Equal(places, answers.Count(answer => answer.Provider == "primary"));
        Assert.Equal(places, fleet.Primary.Calls - before);
        await fleet.AllAsync(CircuitState.Closed);
        Assert.Equal("primary", (await fleet.AskAsync(2)).Provider);
    }

    [Fact]
    public async Task Probes_of_different_processes_close_the_circuit_of_all_together()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 3, options => options.CircuitBreaker.HalfOpenMaxCalls = 2);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        await fleet.BreakOverAsync();
        var gate = new TaskCompletionSource();
        fleet.Primary.Reply = async _ =>
        {
            await gate.Task;
            return Answers.Text("back");
        };
        var before = fleet.Primary.Calls;
        Task<ChatResponse>[] probes = [fleet.AskAsync(0), fleet.AskAsync(1)];
        await SharingFleet.UntilAsync(() => fleet.Primary.Calls == before + 2, "one probe of each is out");

        gate.SetResult();
        await Task.WhenAll(probes);

        // Whichever of them was the last: nobody asks any more.
        await fleet.AllAsync(CircuitState.Closed);
    }

    [Fact]
    public async Task A_failed_probe_of_one_opens_the_circuit_of_all_again()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 3);
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var epoch = fleet.Status(2).Sharing!.Epoch;
        await fleet.BreakOverAsync();
        var before = fleet.Primary.Calls;

        await fleet.AskAsync(1);
        await SharingFleet.UntilAsync(() => fleet.Status(2).Sharing!.Epoch > epoch && fleet.Circuit(2).State == CircuitState.Open, "the others hear of it");

        Assert.Equal(1, fleet.Primary.Calls - before);
        Assert.NotEqual(TimeSpan.Zero, fleet.Circuit(2).RetryAfter);
    }

    [Theory]
    [InlineData(FailureKind.Network)]
    [InlineData(FailureKind.Timeout)]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.InvalidConfiguration)]
    public async Task What_the_provider_did_not_say_itself_opens_no_other_circuit(FailureKind kind)
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2);
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0, kind);
        Assert.Equal(CircuitState.Open, fleet.Circuit(0).State);

        // It comes back by itself, the others never having heard of it.
        fleet.Primary.Healthy();
        await SharingFleet.UntilAsync(() => fleet.Circuit(0).RetryAfter == TimeSpan.Zero, "the break is over");
        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);
        Assert.Equal((CircuitState.Closed, 1), (fleet.Circuit(1).State, fleet.Circuit(1).Era));
        Assert.Equal(0, fleet.Status(0).Sharing!.Epoch);
    }

    [Fact]
    public async Task With_a_quorum_of_two_one_process_opens_its_own_circuit_alone()
    {
        await using var fleet = new SharingFleet(
            servers.Endpoint(Engine.Redis), 3, Slowly, redis => (redis.Quorum, redis.PollInterval) = (2, TimeSpan.FromMilliseconds(100)));
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0);
        await fleet.ReadAgainAsync();
        Assert.Equal([CircuitState.Open, CircuitState.Closed, CircuitState.Closed], Enumerable.Range(0, 3).Select(i => fleet.Circuit(i).State));
        await fleet.TripAsync(1);
        await fleet.AllAsync(CircuitState.Open);

        Assert.Equal(6, fleet.Primary.Calls);
    }

    [Fact]
    public async Task A_reset_by_hand_is_everybodys_and_an_isolation_where_asked()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2, Slowly);
        await fleet.ConnectedAsync();
        fleet.Clients[0].IsolateProvider("primary", everywhere: true);
        await fleet.AllAsync(CircuitState.Isolated);

        fleet.Clients[1].ResetCircuitBreakers();
        await fleet.AllAsync(CircuitState.Closed);

        fleet.Clients[0].IsolateProvider("primary");
        await fleet.TripAsync(1);
        await SharingFleet.UntilAsync(() => fleet.Status(0).Sharing!.Epoch == fleet.Status(1).Sharing!.Epoch && fleet.Circuit(1).State == CircuitState.Open, "both know the trip");
        Assert.Equal(CircuitState.Isolated, fleet.Circuit(0).State);
    }

    [Fact]
    public async Task A_change_made_by_a_process_with_other_settings_is_one_line_of_the_log()
    {
        var processes = 0;
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2, options =>
        {
            Slowly(options);
            options.CircuitBreaker.FailureThreshold = processes++ == 0 ? 3 : 4;
        }, Troubled.Often);
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        var by = fleet.Status(1).Sharing!.ChangedBy;
        fleet.Clients[0].IsolateProvider("primary", everywhere: true);
        await fleet.AllAsync(CircuitState.Isolated);
        fleet.Clients[0].ResetCircuitBreakers();
        await fleet.AllAsync(CircuitState.Closed);
        await SharingFleet.UntilAsync(() => fleet.Log.Lines.Any(line => line.Contains("whose settings are others", StringComparison.Ordinal)), "the log says it");

        var line = Assert.Single(fleet.Log.Lines, line => line.Contains("whose settings are others", StringComparison.Ordinal));
        Assert.StartsWith($"Circuit primary was last changed by {by}, whose settings are others: threshold 3, ", line, StringComparison.Ordinal);
        Assert.Contains("; here: threshold 4, ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_ends_with_its_probe_out_is_followed_by_another_when_its_lease_is_over()
    {
        await using var fleet = new SharingFleet(servers.Endpoint(Engine.Redis), 2, share: redis => redis.LeaseTime = TimeSpan.FromSeconds(2));
        await fleet.ConnectedAsync();
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        fleet.Primary.Deaf();
        await fleet.BreakOverAsync();
        var before = fleet.Primary.Calls;
        _ = fleet.AskAsync(0).ContinueWith(static task => task.Exception, TaskScheduler.Default);
        await SharingFleet.UntilAsync(() => fleet.Primary.Calls > before, "the probe is out");
        var since = TimeProvider.System.GetTimestamp();

        await fleet.Clients[0].DisposeAsync();
        fleet.Clients.RemoveAt(0);
        fleet.Primary.Healthy();
        while ((await fleet.AskAsync(0)).Provider != "primary")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, SharingFleet.Stop);
        }

        // The place is kept for the lease, counted from when it was given, which was before "since" by less than the time of a call.
        Assert.True(TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(1));
        await fleet.AllAsync(CircuitState.Closed);
    }

    private static void Slowly(FlexiOptions options) => options.CircuitBreaker.RecoveryTimeout = TimeSpan.FromMinutes(10);
}

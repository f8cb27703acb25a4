using System.Diagnostics;
using FlexiAI.Fleet;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Real processes over real sockets, each asking 25 times a second.</summary>
public sealed class ProcessesTests(StoreServers servers)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_eight_processes_one_request_tests_each_recovery_and_every_request_is_answered()
    {
        await using var fleet = await WorkerFleet.StartAsync(servers.Endpoint(Engine.Redis), 8, worker => worker with { Recovery = Recovery });
        await SharingFleet.UntilAsync(() => fleet.Primary.Requests.Count > 50, "the primary is asked");

        var since = Stopwatch.GetTimestamp();
        fleet.Break();
        await SharingFleet.UntilAsync(() => fleet.Probes(since).Count >= 5, "five recoveries are tested");
        fleet.Heal();
        await SharingFleet.UntilAsync(() => fleet.All(CircuitState.Closed), "all are closed");
        var (answered, failed) = await fleet.StopAsync();

        // A break begins after the answer to the request before, and that after its arrival: so a busy machine makes these longer, never shorter.
        var probes = fleet.Probes(since);
        Assert.All(Enumerable.Range(1, 4), i => Assert.True(
            Between(probes[i - 1], probes[i]) >= Recovery, $"probe {i} came {Between(probes[i - 1], probes[i])} after the one before"));
        Assert.Equal(0, failed);
        Assert.Equal(answered, fleet.Primary.Requests.Concat(fleet.Backup.Requests).Count(request => request.Status == 200));
    }

    [Fact]
    public async Task Of_eight_processes_two_requests_test_each_recovery_where_two_may()
    {
        // So long that the second is there before the first fails, even on a busy machine.
        var answer = TimeSpan.FromSeconds(2);
        await using var fleet = await WorkerFleet.StartAsync(servers.Endpoint(Engine.Redis), 8, worker => worker with { Recovery = Recovery, Places = 2 });
        await SharingFleet.UntilAsync(() => fleet.Primary.Requests.Count > 50, "the primary is asked");
        var since = Stopwatch.GetTimestamp();
        fleet.Primary.Faults.Always(Fault.Status(503).AfterDelay(answer));

        await SharingFleet.UntilAsync(() => fleet.Probes(since).Count >= 6, "three recoveries are tested");
        fleet.Heal();
        await SharingFleet.UntilAsync(() => fleet.All(CircuitState.Closed), "all are closed");
        var (answered, failed) = await fleet.StopAsync();

        // Of three in a row two belong to different recoveries, and a break lies between these.
        var probes = fleet.Probes(since);
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(
            Between(probes[i], probes[i + 2]) >= Recovery, $"probes {i} to {i + 2} came within {Between(probes[i], probes[i + 2])}"));
        Assert.Contains(Enumerable.Range(0, 5), i => Between(probes[i], probes[i + 1]) < answer);
        Assert.Equal(0, failed);
        Assert.Equal(answered, fleet.Primary.Requests.Concat(fleet.Backup.Requests).Count(request => request.Status == 200));
    }

    [Fact]
    public async Task A_process_killed_with_its_probe_out_is_followed_by_another_after_its_lease_and_not_before()
    {
        var lease = TimeSpan.FromSeconds(4);
        await using var fleet = await WorkerFleet.StartAsync(servers.Endpoint(Engine.Redis), 4, worker => worker with { Recovery = Recovery, Lease = lease });
        await SharingFleet.UntilAsync(() => fleet.Primary.Requests.Count > 20, "the primary is asked");
        var since = Stopwatch.GetTimestamp();
        fleet.Break();
        await SharingFleet.UntilAsync(() => fleet.All(CircuitState.Open), "all are open");

        // From now on the primary keeps whoever tests the recovery waiting.
        fleet.Primary.Faults.When(request => fleet.IsProbe(request, since), Fault.Silence());
        await SharingFleet.UntilAsync(() => fleet.Primary.Requests.Any(IsSilenced), "a probe is out");
        var probe = fleet.Primary.Requests.Single(IsSilenced);
        var holder = fleet.SenderOf(probe);
        holder.Kill();
        fleet.Heal();
        SimulatedRequest? next = null;
        await SharingFleet.UntilAsync(() => (next = fleet.Probes(since).Find(request => request.Number > probe.Number)) is not null, "another probe is out");
        fleet.Workers.Remove(holder);
        await SharingFleet.UntilAsync(() => fleet.All(CircuitState.Closed), "all are closed");
        var (answered, failed) = await fleet.StopAsync();

        // The lease was given before the probe arrived, by no more than a busy machine needs to send a request.
        Assert.True(Between(probe, next!) >= lease - TimeSpan.FromSeconds(2), $"the next probe came after {Between(probe, next!)}");
        Assert.NotEqual(holder.Name, fleet.SenderOf(next!).Name);
        Assert.NotEqual(0, answered);
        Assert.Equal(0, failed);
        holder.Dispose();
    }

    private static bool IsSilenced(SimulatedRequest request) => request.Fault == "silence";

    private static TimeSpan Between(SimulatedRequest first, SimulatedRequest second) => TimeProvider.System.GetElapsedTime(first.Timestamp, second.Timestamp);
}

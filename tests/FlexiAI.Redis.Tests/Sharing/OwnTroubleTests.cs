using System.Net;
using System.Net.Sockets;
using FlexiAI.Fleet;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Trouble that some processes have and others do not: real ones over real sockets, each asking 25 times a second.</summary>
public sealed class OwnTroubleTests(StoreServers servers)
{
    // No recovery while a test runs.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Refusals => new(Faults.Keys);

    // For a key that was withdrawn, is used up, or is of a tenant that is down.
    private static Dictionary<string, Fault> Faults { get; } = new()
    {
        ["401"] = Fault.InvalidApiKey(),
        ["429"] = Fault.RateLimited(),
        ["503"] = Fault.Status(503),
    };

    /// <summary>Nobody knows from a refused connection whether the provider is down, so not even a quorum of processes says so.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task Processes_whose_connections_are_refused_open_their_own_circuits_and_no_others(int broken, int quorum)
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var refused = $"http://{nobody.LocalEndPoint}/v1";
        await using var fleet = await WorkerFleet.StartAsync(servers.Endpoint(Engine.Redis), 4, worker => worker with
        {
            Recovery = Recovery,
            Quorum = quorum,
            Primary = worker.Name is "worker-1" or "worker-2" && worker.Name[^1] - '0' <= broken ? refused : worker.Primary,
        });

        await SharingFleet.UntilAsync(() => fleet.Workers.Take(broken).All(IsOpen), "the circuits of those are open");
        await AnsweredByPrimaryAsync(fleet, 150);
        var (answered, failed) = await fleet.StopAsync();

        Assert.Equal(fleet.Workers.Select((_, i) => i < broken), fleet.Workers.Select(EverOpened));
        Assert.NotEqual(0, answered);
        Assert.Equal(0, failed);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task With_a_quorum_of_two_a_process_that_the_provider_refuses_is_alone_until_a_second_one_is(string refusal)
    {
        await using var fleet = await WorkerFleet.StartAsync(
            servers.Endpoint(Engine.Redis), 4, worker => worker with { Recovery = Recovery, Quorum = 2 });
        void Refuse(WorkerProcess worker) => fleet.Primary.Faults.When(request => fleet.SenderOf(request) == worker, Faults[refusal]);

        Refuse(fleet.Workers[0]);
        await SharingFleet.UntilAsync(() => IsOpen(fleet.Workers[0]), "the circuit of the refused one is open");
        await AnsweredByPrimaryAsync(fleet, 150);
        Assert.Equal([true, false, false, false], fleet.Workers.Select(EverOpened));
        Refuse(fleet.Workers[1]);
        await SharingFleet.UntilAsync(() => fleet.All(CircuitState.Open), "all are open");
        var (_, failed) = await fleet.StopAsync();

        Assert.All(fleet.Primary.Requests.Where(request => request.Status != 200), request => Assert.Contains(fleet.SenderOf(request), fleet.Workers.Take(2)));
        Assert.Equal(0, failed);
    }

    private static bool IsOpen(WorkerProcess worker) => worker.State == CircuitState.Open;

    private static bool EverOpened(WorkerProcess worker) => worker.OpenedAfter(0) is not null;

    // That takes the others longer than the news take them, by whatever way.
    private static Task AnsweredByPrimaryAsync(WorkerFleet fleet, int requests)
    {
        var enough = fleet.Primary.Requests.Count + requests;
        return SharingFleet.UntilAsync(() => fleet.Primary.Requests.Count >= enough || fleet.All(CircuitState.Open), "the others are answered");
    }
}

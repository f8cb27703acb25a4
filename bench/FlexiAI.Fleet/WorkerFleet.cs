using System.Diagnostics;
using FlexiAI.Testing;

namespace FlexiAI.Fleet;

/// <summary>Worker processes that share a primary provider and its backup, both behind real sockets here.</summary>
internal sealed class WorkerFleet : IAsyncDisposable
{
    private WorkerFleet(SimulatedProvider primary, SimulatedProvider backup) => (Primary, Backup) = (primary, backup);

    public SimulatedProvider Primary { get; }

    public SimulatedProvider Backup { get; }

    public List<WorkerProcess> Workers { get; } = [];

    /// <summary>Starts the processes, <c>worker-1</c> and so on; they ask when all of them share their circuits.</summary>
    public static async Task<WorkerFleet> StartAsync(string redis, int workers, Func<WorkerSettings, WorkerSettings>? configure = null)
    {
        var fleet = new WorkerFleet(await SimulatedProvider.StartAsync(SimulatedWire.OpenAI), await SimulatedProvider.StartAsync(SimulatedWire.OpenAI));
        var settings = new WorkerSettings("", redis, $"fleet {Guid.NewGuid():N}", fleet.Primary.BaseUrl, fleet.Backup.BaseUrl);
        for (var i = 1; i <= workers; i++)
        {
            var own = settings with { Name = $"worker-{i}" };
            fleet.Workers.Add(new WorkerProcess(configure?.Invoke(own) ?? own));
        }

        await Task.WhenAll(fleet.Workers.Select(worker => worker.Ready));
        foreach (var worker in fleet.Workers)
        {
            await worker.GoAsync();
        }

        return fleet;
    }

    /// <summary>Every request to the primary fails from now on.</summary>
    public void Break() => Primary.Faults.Always(Fault.Status(503));

    /// <summary>The primary answers one worker alone with an error from now on: of the others, each can only hear of it.</summary>
    public void BreakFor(WorkerProcess worker) => Primary.Faults.When(request => Worker.Parse(request).Name == worker.Name, Fault.Status(503));

    public void Heal() => Primary.Faults.Clear();

    public bool All(CircuitState state) => Workers.TrueForAll(worker => worker.State == state);

    /// <summary>The worker that sent this request.</summary>
    public WorkerProcess SenderOf(SimulatedRequest request) => Workers.Single(worker => worker.Name == Worker.Parse(request).Name);

    /// <summary>
    /// Whether the request was made after the circuit of its process had opened, so that it tests the recovery until all is well again. One
    /// that was let through before can be on its way for seconds.
    /// </summary>
    /// <param name="request">A request to the primary.</param>
    /// <param name="since">A moment before the circuit opened.</param>
    public bool IsProbe(SimulatedRequest request, long since) => SenderOf(request).OpenedAfter(since) < Worker.Parse(request).AskedAt;

    /// <summary>Those requests to the primary, in the order of their arrival.</summary>
    public List<SimulatedRequest> Probes(long since) => [.. Primary.Requests.Where(request => IsProbe(request, since))];

    /// <summary>Waits, at most a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var since = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(5))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException("The fleet does not do what it ought to.");
            }
        }
    }

    public async Task<(int Answered, int Failed)> StopAsync()
    {
        var ends = await Task.WhenAll(Workers.Select(worker => worker.StopAsync()));
        return (ends.Sum(end => end.Answered), ends.Sum(end => end.Failed));
    }

    public async ValueTask DisposeAsync()
    {
        Workers.ForEach(worker => worker.Dispose());
        await Primary.DisposeAsync();
        await Backup.DisposeAsync();
    }
}

using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>Where a drill with several processes plays: a primary and a backup in this process, Redis, and the workers.</summary>
internal sealed class FleetStage : IAsyncDisposable
{
    private readonly List<WorkerProcess> _workers = [];
    private SimulatedProvider? _primary;
    private SimulatedProvider? _backup;
    private DrillRedis? _redis;
    private int _warmUps;

    private FleetStage(FleetPlan plan) => Plan = plan;

    public FleetPlan Plan { get; }

    public SimulatedProvider Primary => _primary!;

    public IReadOnlyList<WorkerProcess> Workers => _workers;

    /// <summary>The server that was started for the drill; null if another is used.</summary>
    public DrillRedis? OwnRedis => _redis;

    /// <summary>Requests that reached the primary's socket since the stage was ready.</summary>
    public int PrimaryRequests => Primary.Requests.Count - _warmUps;

    /// <param name="plan">The numbers.</param>
    /// <param name="redis">The connection string; null for a server of the drill's own.</param>
    /// <param name="program">What to start as a worker.</param>
    /// <param name="cancelled">Ends the start.</param>
    public static async Task<FleetStage> StartAsync(FleetPlan plan, string? redis, WorkerProgram program, CancellationToken cancelled)
    {
        var stage = new FleetStage(plan);
        try
        {
            await stage.StartAsync(redis, program, cancelled).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask())).ConfigureAwait(false);
        foreach (var part in new IAsyncDisposable?[] { _redis, _primary, _backup })
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task StartAsync(string? redis, WorkerProgram program, CancellationToken cancelled)
    {
        if (redis is null)
        {
            _redis = await DrillRedis.StartAsync(cancelled).ConfigureAwait(false);
            redis = _redis.Endpoint;
        }

        _primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: cancelled).ConfigureAwait(false);
        _backup = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, cancellationToken: cancelled).ConfigureAwait(false);
        for (var number = 1; number <= Plan.Workers; number++)
        {
            _workers.Add(new WorkerProcess(number, program));
        }

        var scope = $"drill {Guid.NewGuid():N}";
        await Task.WhenAll(_workers.Select(worker => worker.StartAsync(
            new WorkerStage(
                worker.Number, _primary.BaseUrl, _backup.BaseUrl, redis, scope, Plan.FailureThreshold, Plan.RecoveryTimeout, Plan.Timeout),
            cancelled))).ConfigureAwait(false);
        _warmUps = _primary.Requests.Count;
    }
}

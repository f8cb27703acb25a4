using System.Collections.Concurrent;
using System.Diagnostics;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>Three clients, each with a connection of its own as a process would have it, that ask a hundred times a second in total.</summary>
internal sealed class TroubledFleet : IAsyncDisposable
{
    private const int Clients = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10 * Clients);

    private readonly SimulatedProvider _primary;
    private readonly SimulatedProvider _backup;
    private readonly List<FlexiClient> _clients = [];
    private readonly ConcurrentQueue<TimeSpan> _times = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private int _failed;

    private TroubledFleet(SimulatedProvider primary, SimulatedProvider backup) => (_primary, _backup) = (primary, backup);

    public IReadOnlyCollection<TimeSpan> Times => _times;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Where the state of a scope's circuit lies.</summary>
    public static RedisKey KeyOf(string scope) => $"{{flexiai:{scope}:primary}}:s";

    /// <param name="redis">Where the circuits are shared; null if they are not.</param>
    /// <param name="scope">The fleet's own name.</param>
    public static async Task<TroubledFleet> StartAsync(string? redis, string scope)
    {
        var fleet = new TroubledFleet(await SimulatedProvider.StartAsync(SimulatedWire.OpenAI), await SimulatedProvider.StartAsync(SimulatedWire.OpenAI));
        for (var i = 0; i < Clients; i++)
        {
            fleet._clients.Add(fleet.Create(redis, scope));
        }

        return fleet;
    }

    public void Ask() => _asking = Task.WhenAll(_clients.Select(AskAsync));

    /// <summary>Forgets the requests so far.</summary>
    public void Forget() => _times.Clear();

    /// <summary>Every request to the primary fails from now on.</summary>
    public void Break() => _primary.Faults.Always(Fault.Status(503));

    public void Heal() => _primary.Faults.Clear();

    public bool IsConnected() => _clients.TrueForAll(client => client.GetProviderStatus("primary").Sharing is null or { Connected: true });

    public bool All(CircuitState state) => _clients.TrueForAll(client => client.GetProviderStatus("primary").CircuitBreaker.State == state);

    /// <summary>Whether every client is connected, knows this epoch, and has the same state as the others.</summary>
    public bool Agrees(long epoch)
    {
        var all = _clients.ConvertAll(client => client.GetProviderStatus("primary"));
        return all.TrueForAll(one => one.Sharing is { Connected: true } sharing && sharing.Epoch == epoch && one.CircuitBreaker.State == all[0].CircuitBreaker.State);
    }

    /// <summary>Ends when every request is answered.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _asking;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _primary.DisposeAsync();
        await _backup.DisposeAsync();
        _stop.Dispose();
    }

    private FlexiClient Create(string? redis, string scope)
    {
        var options = new FlexiOptions
        {
            Providers = [Provider("primary", _primary, 1), Provider("backup", _backup, 2)],
            CircuitBreaker = { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(1) },
        };
        return new FlexiClient(redis is null ? options : options.ShareCircuits(sharing => (sharing.ConnectionString, sharing.Scope) = (redis, scope)));
    }

    private async Task AskAsync(FlexiClient client)
    {
        List<Task> asked = [];
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            asked.Add(AskOnceAsync(client));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(asked);
    }

    private async Task AskOnceAsync(FlexiClient client)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            await client.GetResponseAsync("Hello");
        }
        catch (Exception e)
        {
            if (Interlocked.Increment(ref _failed) == 1)
            {
                await Console.Error.WriteLineAsync(e.ToString());
            }
        }

        _times.Enqueue(Stopwatch.GetElapsedTime(since));
    }

    private static OpenAICompatibleProvider Provider(string name, SimulatedProvider at, int priority) =>
        new() { Name = name, BaseUrl = at.BaseUrl, Model = "m", Priority = priority, MaxRetries = 0, ConnectTimeout = TimeSpan.FromMinutes(1) };
}

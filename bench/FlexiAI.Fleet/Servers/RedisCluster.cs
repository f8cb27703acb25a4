using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>Three primaries that share the hash slots, and a replica for each.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Primaries = 3;
    private const int Slots = 16_384;

    private readonly List<RedisServer> _nodes = [];
    private readonly List<int> _busPorts = [];
    private readonly List<string> _ids = [];
    private ConnectionMultiplexer? _admin;

    private RedisCluster()
    {
    }

    /// <summary>A connection string that names every node.</summary>
    public string Endpoints => string.Join(',', _nodes.Select(node => node.Endpoint));

    /// <summary>What the cluster holds, at whichever node.</summary>
    public IDatabase Database => _admin!.GetDatabase();

    public static async Task<RedisCluster> StartAsync()
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < Primaries * 2; i++)
            {
                cluster._busPorts.Add(FreePort.Find());
                cluster._nodes.Add(await RedisServer.StartAsync(
                    "--cluster-enabled", "yes", "--cluster-port", $"{cluster._busPorts[i]}", "--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0"));
            }

            await cluster.FormAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<int> SlotOfAsync(RedisKey key) => (int)await RunAsync(0, "CLUSTER", "KEYSLOT", key);

    /// <summary>The primary that serves a slot.</summary>
    public async Task<RedisServer> OwnerOfAsync(int slot) => _nodes[await OwnerIndexAsync(slot)];

    /// <summary>Begins to move a slot to another primary: from now on its keys may be at either.</summary>
    public async Task<SlotMove> BeginToMoveAsync(int slot)
    {
        var from = await OwnerIndexAsync(slot);
        var to = (from + 1) % Primaries;
        await RunAsync(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", _ids[from]);
        await RunAsync(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", _ids[to]);
        return new SlotMove(this, slot, from, to);
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    internal RedisServer Node(int index) => _nodes[index];

    internal async Task<RedisResult> RunAsync(int node, string command, params object[] arguments) =>
        await _admin!.GetServer(IPEndPoint.Parse(_nodes[node].Endpoint)).ExecuteAsync(command, arguments);

    internal async Task GiveAsync(int slot, int to)
    {
        // The new owner first: if it were told last, nobody would own the slot for a moment.
        foreach (var node in Enumerable.Range(0, Primaries).OrderBy(node => node == to ? 0 : 1))
        {
            await RunAsync(node, "CLUSTER", "SETSLOT", slot, "NODE", _ids[to]);
        }
    }

    private async Task FormAsync()
    {
        _admin = await ConnectionMultiplexer.ConnectAsync($"{Endpoints},allowAdmin=true");
        for (var i = 0; i < _nodes.Count; i++)
        {
            _ids.Add((string)(await RunAsync(i, "CLUSTER", "MYID"))!);
            await RunAsync(i, "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
            if (i < Primaries)
            {
                await RunAsync(i, "CLUSTER", "ADDSLOTSRANGE", Slots * i / Primaries, (Slots * (i + 1) / Primaries) - 1);
            }
        }

        for (var i = 1; i < _nodes.Count; i++)
        {
            await RunAsync(0, "CLUSTER", "MEET", "127.0.0.1", _nodes[i].Port, _busPorts[i]);
        }

        await EveryNodeAsync("CLUSTER", "INFO", $"cluster_known_nodes:{_nodes.Count}", 0);
        for (var i = Primaries; i < _nodes.Count; i++)
        {
            await UntilAsync(async () => await TryAsync(i, "CLUSTER", "REPLICATE", _ids[i - Primaries]));
        }

        await EveryNodeAsync("CLUSTER", "INFO", "cluster_state:ok", 0);
        await EveryNodeAsync("INFO", "replication", "master_link_status:up", Primaries);
        await _admin.ConfigureAsync();
    }

    private async Task<int> OwnerIndexAsync(int slot)
    {
        foreach (var range in (RedisResult[])(await RunAsync(0, "CLUSTER", "SLOTS"))!)
        {
            if ((int)range[0] <= slot && slot <= (int)range[1])
            {
                return _ids.IndexOf((string)range[2][2]!);
            }
        }

        throw new InvalidOperationException($"Nobody serves slot {slot.ToString(CultureInfo.InvariantCulture)}.");
    }

    private async Task EveryNodeAsync(string command, string argument, string expected, int first)
    {
        for (var i = first; i < _nodes.Count; i++)
        {
            await UntilAsync(async () => ((string)(await RunAsync(i, command, argument))!).Contains(expected, StringComparison.Ordinal));
        }
    }

    // A node that has not heard yet of another one refuses to follow it.
    private async Task<bool> TryAsync(int node, string command, params object[] arguments)
    {
        try
        {
            await RunAsync(node, command, arguments);
            return true;
        }
        catch (RedisServerException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var since = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException("The cluster did not form.");
            }
        }
    }
}

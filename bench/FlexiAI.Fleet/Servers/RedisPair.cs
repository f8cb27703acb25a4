using System.Diagnostics;
using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>A primary and its replica, which may take over without the primary's last writes.</summary>
internal sealed class RedisPair : IAsyncDisposable
{
    private readonly RedisServer _primary;
    private readonly RedisServer _replica;
    private readonly ConnectionMultiplexer _toPrimary;
    private readonly ConnectionMultiplexer _toReplica;

    private RedisPair(RedisServer primary, RedisServer replica, ConnectionMultiplexer toPrimary, ConnectionMultiplexer toReplica) =>
        (_primary, _replica, _toPrimary, _toReplica) = (primary, replica, toPrimary, toReplica);

    /// <summary>A connection string that names both.</summary>
    public string Endpoints => $"{_primary.Endpoint},{_replica.Endpoint}";

    /// <summary>What the replica holds, whatever it is at the moment.</summary>
    public IDatabase Replica => _toReplica.GetDatabase();

    public static async Task<RedisPair> StartAsync()
    {
        // A full copy begins at once, instead of waiting for more replicas to ask for one.
        string[] atOnce = ["--repl-diskless-sync-delay", "0"];
        var (primary, replica) = (await RedisServer.StartAsync(atOnce), await RedisServer.StartAsync(atOnce));
        var pair = new RedisPair(primary, replica, await ConnectAsync(primary), await ConnectAsync(replica));
        await FollowAsync(pair._toReplica, primary.Port);
        await pair.UntilAsync("master_link_status:up");
        return pair;
    }

    /// <summary>The replica has all writes so far, and gets none of those that come after; it stays a replica.</summary>
    public async Task CutAsync()
    {
        await _toPrimary.GetDatabase().ExecuteAsync("SET", "the last that is seen", "");
        for (var since = Stopwatch.GetTimestamp(); !await Replica.KeyExistsAsync("the last that is seen"); await Task.Delay(10))
        {
            ThrowIfLate(since);
        }

        await FollowAsync(_toReplica, FreePort.Find());
        await UntilAsync("master_link_status:down");
    }

    /// <summary>From now on nobody takes anything in: the primary is killed, or made to follow the replica, which waits for one itself.</summary>
    public Task LosePrimaryAsync(bool killed) => killed ? _primary.KillAsync() : FollowAsync(_toPrimary, _replica.Port);

    /// <summary>The replica is the primary from now on.</summary>
    public Task PromoteAsync() => _toReplica.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");

    public async ValueTask DisposeAsync()
    {
        await _toPrimary.DisposeAsync();
        await _toReplica.DisposeAsync();
        await _primary.DisposeAsync();
        await _replica.DisposeAsync();
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(RedisServer server) => ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},allowAdmin=true");

    private static Task<RedisResult> FollowAsync(ConnectionMultiplexer server, int port) => server.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", port);

    private async Task UntilAsync(string replication)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(10))
        {
            if (((string)(await Replica.ExecuteAsync("INFO", "replication"))!).Contains(replication, StringComparison.Ordinal))
            {
                return;
            }

            ThrowIfLate(since);
        }
    }

    private static void ThrowIfLate(long since)
    {
        if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60))
        {
            throw new TimeoutException("The replica does not do what it ought to.");
        }
    }
}

using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>All that may happen to Redis, each with servers of its own.</summary>
internal static class Incidents
{
    /// <summary>By name, what starts the servers; it is told where the circuit's state will lie.</summary>
    public static IReadOnlyList<(string Name, Func<RedisKey, Task<Incident>> StageAsync)> All { get; } =
    [
        ("killed, started again empty", _ => OnOneAsync((server, _) => server.KillAsync(), (server, _) => server.RestartAsync())),
        ("paused (SIGSTOP)", _ => OnOneAsync(
            (server, _) =>
            {
                server.Pause();
                return Task.CompletedTask;
            },
            (server, _) =>
            {
                server.Continue();
                return Task.CompletedTask;
            })),
        ("full (maxmemory, noeviction)", _ => OnOneAsync(FillAsync, (_, database) => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "0"))),
        ("read-only (made a replica)", _ => OnOneAsync(
            (_, database) => database.ExecuteAsync("REPLICAOF", "127.0.0.1", FreePort.Find()),
            (_, database) => database.ExecuteAsync("REPLICAOF", "NO", "ONE"))),
        ("FLUSHALL", _ => OnOneAsync((_, database) => database.ExecuteAsync("FLUSHALL"), heal: null)),
        ("SCRIPT FLUSH", _ => OnOneAsync((_, database) => database.ExecuteAsync("SCRIPT", "FLUSH"), heal: null)),
        ("primary killed, replica promoted", _ => OnPairAsync(killed: true)),
        ("primary demoted, replica promoted", _ => OnPairAsync(killed: false)),
        ("slot moved", OnClusterAsync),
    ];

    // What is over as soon as it has happened, happens again and again until it ends with a last time.
    private static async Task<Incident> OnOneAsync(Func<RedisServer, IDatabase, Task> strike, Func<RedisServer, IDatabase, Task>? heal)
    {
        var server = await RedisServer.StartAsync();

        // Whoever watches must not be later than those who are watched.
        var options = ConfigurationOptions.Parse($"{server.Endpoint},allowAdmin=true");
        (options.BacklogPolicy, options.HeartbeatInterval, options.ReconnectRetryPolicy) = (BacklogPolicy.FailFast, TimeSpan.FromMilliseconds(50), new LinearRetry(1));
        var admin = await ConnectionMultiplexer.ConnectAsync(options);
        var database = admin.GetDatabase();
        return new Incident
        {
            Endpoints = server.Endpoint,
            Truth = database,
            StrikeAsync = () => strike(server, database),
            IsRepeated = heal is null,
            HealAsync = () => (heal ?? strike)(server, database),
            Servers = [admin, server],
        };
    }

    private static async Task FillAsync(RedisServer server, IDatabase database)
    {
        await database.StringSetAsync("ballast", new byte[1 << 20]);
        await database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb", "maxmemory-policy", "noeviction");
    }

    private static async Task<Incident> OnPairAsync(bool killed)
    {
        var pair = await RedisPair.StartAsync();
        await pair.CutAsync();
        return new Incident
        {
            Endpoints = pair.Endpoints,
            Truth = pair.Replica,
            StrikeAsync = () => pair.LosePrimaryAsync(killed),
            HealAsync = pair.PromoteAsync,
            Servers = [pair],
        };
    }

    private static async Task<Incident> OnClusterAsync(RedisKey key)
    {
        var cluster = await RedisCluster.StartAsync();
        SlotMove? move = null;
        return new Incident
        {
            Endpoints = cluster.Endpoints,
            Truth = cluster.Database,
            StrikeAsync = async () => move = await cluster.BeginToMoveAsync(await cluster.SlotOfAsync(key)),
            HealAsync = () => move!.EndAsync(),
            Servers = [cluster],
        };
    }
}

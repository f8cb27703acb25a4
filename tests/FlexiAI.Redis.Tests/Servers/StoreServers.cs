using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(FlexiAI.Tests.StoreServers))]

namespace FlexiAI.Tests;

/// <summary>What the store's tests run against.</summary>
public enum Engine
{
    Redis,
    Garnet,
}

/// <summary>A case of a theory for each engine.</summary>
public sealed class EachEngine : TheoryData<Engine>
{
    public EachEngine()
    {
        Add(Engine.Redis);
        Add(Engine.Garnet);
    }
}

/// <summary>One server of each engine for all tests, which stay apart by their scopes; a test that flushes or pauses starts its own.</summary>
public sealed class StoreServers : IAsyncLifetime
{
    private RedisServer? _redis;
    private GarnetInProcess? _garnet;
    private Dictionary<Engine, ConnectionMultiplexer> _connections = [];

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _garnet = GarnetInProcess.Start();
        _connections = new()
        {
            [Engine.Redis] = await ConnectAsync(_redis.Endpoint),
            [Engine.Garnet] = await ConnectAsync(_garnet.Endpoint),
        };
    }

    internal IDatabase Database(Engine engine) => _connections[engine].GetDatabase();

    internal static Task<ConnectionMultiplexer> ConnectAsync(string endpoint) => ConnectionMultiplexer.ConnectAsync($"{endpoint},allowAdmin=true");

    internal string Endpoint(Engine engine) => engine == Engine.Redis ? _redis!.Endpoint : _garnet!.Endpoint;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
        {
            await connection.DisposeAsync();
        }

        _garnet?.Dispose();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}

using FlexiAI.Tests;
using FlexiAI.Tests.Circuits;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisStore))]

namespace FlexiAI.Tests.Circuits;

/// <summary>One Redis for all tests.</summary>
public sealed class RedisStore : IAsyncLifetime
{
    private RedisServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        SuiteStore.Connection = await ConnectionMultiplexer.ConnectAsync(_server.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        await SuiteStore.Connection!.DisposeAsync();
        await _server!.DisposeAsync();
    }
}

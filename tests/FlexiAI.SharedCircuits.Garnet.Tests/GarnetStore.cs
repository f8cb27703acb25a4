using FlexiAI.Tests;
using FlexiAI.Tests.Circuits;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(GarnetStore))]

namespace FlexiAI.Tests.Circuits;

/// <summary>One Garnet for all tests, in their process.</summary>
public sealed class GarnetStore : IAsyncLifetime
{
    private GarnetInProcess? _server;

    public async ValueTask InitializeAsync()
    {
        _server = GarnetInProcess.Start();
        SuiteStore.Connection = await ConnectionMultiplexer.ConnectAsync(_server.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        await SuiteStore.Connection!.DisposeAsync();
        _server!.Dispose();
    }
}

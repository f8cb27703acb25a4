namespace FlexiAI.Tests;

/// <summary>One cluster for all tests of a class, which stay apart by their scopes.</summary>
public sealed class ClusterServers : IAsyncLifetime
{
    internal RedisCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await RedisCluster.StartAsync();

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
}

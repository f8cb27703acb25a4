using StackExchange.Redis;

namespace FlexiAI.Tests.Circuits;

/// <content>Shares each circuit of the suite through a store, which goes by the test's clock, and waits for what production carries later.</content>
internal sealed partial class CircuitUnderTest
{
    static partial void Share(CircuitBreaker breaker, SteppedClock clock)
    {
        var options = new RedisSharingOptions { Scope = Guid.NewGuid().ToString("N"), Timeout = TimeSpan.FromSeconds(5) };
        var link = new RedisLink(options, new SharingContext(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
        var share = new RedisCircuitShare(breaker, link);
        if (SuiteStore.Connection is { } connection)
        {
            link.Connect(SteppedDatabase.Over(connection.GetDatabase(), clock));
            Assert.NotNull(link.ReadAllAsync([share.Shared]).GetAwaiter().GetResult());
        }

        _ = share.RunAsync();
        breaker.Peer = new WaitingPeer(share);
    }
}

/// <summary>The store that the suite runs on; null where it is absent.</summary>
internal static partial class SuiteStore
{
    public static ConnectionMultiplexer? Connection { get; set; }
}

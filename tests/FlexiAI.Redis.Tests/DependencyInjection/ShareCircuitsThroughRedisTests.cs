using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>Sharing as an application registers it.</summary>
public sealed class ShareCircuitsThroughRedisTests(StoreServers servers) : IDisposable
{
    private readonly string _scope = $"services {Guid.NewGuid():N}";
    private readonly FakeChat _chat = new("chat");

    private string Endpoint => servers.Endpoint(Engine.Redis);

    public void Dispose() => _chat.Dispose();

    [Fact]
    public async Task Two_applications_share_a_circuit_by_their_connection_strings()
    {
        await using var one = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(Endpoint, Scoped));
        await using var other = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(Endpoint, Scoped));

        await AssertSharedAsync(one.GetRequiredService<FlexiClient>(), other.GetRequiredService<FlexiClient>());
    }

    [Fact]
    public async Task A_keyed_client_shares_and_the_one_beside_it_does_not()
    {
        await using var one = Application(services =>
        {
            services.AddKeyedFlexiAI("shared", Configure).UseFunctionInvocation().ShareCircuitsThroughRedis(Endpoint, Scoped);
            services.AddKeyedFlexiAI("alone", Configure);
        });
        await using var other = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(Endpoint, Scoped));

        await AssertSharedAsync(one.GetRequiredKeyedService<FlexiClient>("shared"), other.GetRequiredService<FlexiClient>());
        var alone = one.GetRequiredKeyedService<FlexiClient>("alone").GetProviderStatus("chat");
        Assert.Equal((null, CircuitState.Closed), (alone.Sharing, alone.CircuitBreaker.State));
    }

    [Fact]
    public async Task The_applications_own_connection_is_used_and_left_open()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Endpoint);
        await using (var one = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(connection, Scoped)))
        await using (var other = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(Endpoint, Scoped)))
        {
            await AssertSharedAsync(one.GetRequiredService<FlexiClient>(), other.GetRequiredService<FlexiClient>());
        }

        Assert.True(connection.GetDatabase().KeyExists($"{{flexiai:{_scope}:chat}}:s"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_when_the_options_are_made()
    {
        await using var application = Application(services => services.AddFlexiAI(Configure).ShareCircuitsThroughRedis(Endpoint, redis => redis.Quorum = 0));

        var refusal = Assert.Throws<OptionsValidationException>(application.GetRequiredService<FlexiClient>);

        Assert.Contains("Quorum", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_clients_builder_is_refused() =>
        Assert.Throws<ArgumentException>("builder", () => _chat.AsBuilder().ShareCircuitsThroughRedis(Endpoint));

    private static ServiceProvider Application(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider();
    }

    private static async Task AssertSharedAsync(FlexiClient one, FlexiClient other)
    {
        await SharingFleet.UntilAsync(() => IsConnected(one) && IsConnected(other), "both are connected");
        one.IsolateProvider("chat", everywhere: true);
        await SharingFleet.UntilAsync(() => other.GetProviderStatus("chat").CircuitBreaker.State == CircuitState.Isolated, "the other hears of it");
    }

    private static bool IsConnected(FlexiClient client) => client.GetProviderStatus("chat").Sharing is { Connected: true };

    private void Configure(FlexiOptions options) => options.Providers.Add(new ChatClientProvider("chat", _chat));

    private void Scoped(RedisSharingOptions redis) => redis.Scope = _scope;
}

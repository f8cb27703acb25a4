using FlexiAI;
using StackExchange.Redis;

namespace Microsoft.Extensions.AI;

/// <summary>Shares the circuits of a client of <c>AddFlexiAI</c> or <c>AddKeyedFlexiAI</c> with other processes through Redis.</summary>
public static class RedisChatClientBuilderExtensions
{
    /// <summary>
    /// Shares the circuits over a connection of its own, which is opened when the client is made. The embedding generator shares them too: it
    /// has the same circuits.
    /// </summary>
    /// <param name="builder">What <c>AddFlexiAI</c> or <c>AddKeyedFlexiAI</c> returned.</param>
    /// <param name="connectionString">The connection string of StackExchange.Redis, such as <c>localhost:6379</c>.</param>
    /// <param name="configure">Sets the scope and the other options. Default: nothing. They are checked when the application starts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The builder is another, or <paramref name="connectionString"/> is empty.</exception>
    public static ChatClientBuilder ShareCircuitsThroughRedis(
        this ChatClientBuilder builder, string connectionString, Action<RedisSharingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Share(builder, redis => redis.ConnectionString = connectionString, configure);
    }

    /// <summary>Shares the circuits over a connection that the application has already, and closes itself.</summary>
    /// <inheritdoc cref="ShareCircuitsThroughRedis(ChatClientBuilder, string, Action{RedisSharingOptions})"/>
    /// <param name="builder">What <c>AddFlexiAI</c> or <c>AddKeyedFlexiAI</c> returned.</param>
    /// <param name="connection">
    /// The connection. With <see cref="BacklogPolicy.FailFast"/> commands that are sent while Redis is away end at once instead of being kept.
    /// </param>
    /// <param name="configure">Sets the scope and the other options. Default: nothing. They are checked when the application starts.</param>
    /// <exception cref="ArgumentException">The builder is another.</exception>
    public static ChatClientBuilder ShareCircuitsThroughRedis(
        this ChatClientBuilder builder, IConnectionMultiplexer connection, Action<RedisSharingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Share(builder, redis => redis.Connection = connection, configure);
    }

    private static ChatClientBuilder Share(ChatClientBuilder builder, Action<RedisSharingOptions> connect, Action<RedisSharingOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return FlexiRegistrations.PostConfigure(builder, options => options.ShareCircuits(redis =>
        {
            connect(redis);
            configure?.Invoke(redis);
        }));
    }
}

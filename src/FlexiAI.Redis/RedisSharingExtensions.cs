namespace FlexiAI;

/// <summary>Shares the circuits of a <see cref="FlexiClient"/> with other processes through Redis.</summary>
public static class RedisSharingExtensions
{
    /// <summary>
    /// Shares the circuits: when one process opens one, all do, and <see cref="CircuitBreakerOptions.HalfOpenMaxCalls"/> probes leave all processes
    /// together. Whatever happens to Redis, requests go on, each process then by its own circuits.
    /// </summary>
    /// <param name="options">The client's options.</param>
    /// <param name="configure">Sets at least <see cref="RedisSharingOptions.ConnectionString"/> or <see cref="RedisSharingOptions.Connection"/>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range; every problem is named.</exception>
    public static FlexiOptions ShareCircuits(this FlexiOptions options, Action<RedisSharingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var sharing = new RedisSharingOptions();
        configure(sharing);
        RedisSharingOptionsValidation.ThrowIfInvalid(sharing);
        options.Sharing = context => new RedisCircuitSharing(sharing, context);
        return options;
    }
}

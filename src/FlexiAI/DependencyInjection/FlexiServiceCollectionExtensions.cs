using System.Diagnostics.Metrics;
using FlexiAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a <see cref="FlexiClient"/> to an application's services.</summary>
public static class FlexiServiceCollectionExtensions
{
    /// <summary>
    /// Adds a client configured in code, as <see cref="FlexiClient"/>, <see cref="IChatClient"/> and
    /// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>. Its options are checked when the application starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills in the options.</param>
    /// <returns>The builder of the <see cref="IChatClient"/>, for the middleware around it.</returns>
    public static ChatClientBuilder AddFlexiAI(this IServiceCollection services, Action<FlexiOptions> configure) =>
        Add(services, serviceKey: null, configure);

    /// <summary>Adds a client from a configuration section. Keys that are not configured come from the usual environment variables.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section: the properties of <see cref="FlexiOptions"/>, each provider with its <c>Type</c>.</param>
    /// <param name="types">Names the provider types that the section may use.</param>
    /// <param name="configure">Adds to the options in code, after the section is read. Default: nothing.</param>
    /// <returns>The builder of the <see cref="IChatClient"/>, for the middleware around it.</returns>
    public static ChatClientBuilder AddFlexiAI(
        this IServiceCollection services, IConfiguration configuration, Action<FlexiAIBuilder> types, Action<FlexiOptions>? configure = null) =>
        Add(services, serviceKey: null, Reading(configuration, types, configure));

    /// <summary>Adds a client configured in code under a key, beside others.</summary>
    /// <inheritdoc cref="AddFlexiAI(IServiceCollection, Action{FlexiOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the services.</param>
    /// <param name="configure">Fills in the options.</param>
    public static ChatClientBuilder AddKeyedFlexiAI(this IServiceCollection services, object serviceKey, Action<FlexiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return Add(services, serviceKey, configure);
    }

    /// <summary>Adds a client from a configuration section under a key, beside others.</summary>
    /// <inheritdoc cref="AddFlexiAI(IServiceCollection, IConfiguration, Action{FlexiAIBuilder}, Action{FlexiOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the services.</param>
    /// <param name="configuration">The section.</param>
    /// <param name="types">Names the provider types that the section may use.</param>
    /// <param name="configure">Adds to the options in code. Default: nothing.</param>
    public static ChatClientBuilder AddKeyedFlexiAI(
        this IServiceCollection services,
        object serviceKey,
        IConfiguration configuration,
        Action<FlexiAIBuilder> types,
        Action<FlexiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return Add(services, serviceKey, Reading(configuration, types, configure));
    }

    private static Action<FlexiOptions> Reading(IConfiguration configuration, Action<FlexiAIBuilder> types, Action<FlexiOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(types);
        var builder = new FlexiAIBuilder();
        types(builder);
        return options =>
        {
            FlexiConfiguration.Read(configuration, builder, options);
            configure?.Invoke(options);
        };
    }

    private static ChatClientBuilder Add(IServiceCollection services, object? serviceKey, Action<FlexiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var name = serviceKey is null ? Options.Options.DefaultName : $"{serviceKey.GetType()}:{serviceKey}";
        services.AddOptions<FlexiOptions>(name).Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FlexiOptions>>(new FlexiOptionsValidator(name));
        services.AddKeyedSingleton(serviceKey, (provider, _) => Create(provider, name));
        services.AddKeyedSingleton(serviceKey, (provider, key) => provider.GetRequiredKeyedService<FlexiClient>(key).EmbeddingGenerator);
        var builder = serviceKey is null
            ? services.AddChatClient(provider => provider.GetRequiredService<FlexiClient>())
            : services.AddKeyedChatClient(serviceKey, provider => provider.GetRequiredKeyedService<FlexiClient>(serviceKey));
        return FlexiRegistrations.Remember(builder, services, name);
    }

    private static FlexiClient Create(IServiceProvider services, string name) => new(
        services.GetRequiredService<IOptionsMonitor<FlexiOptions>>().Get(name),
        services.GetService<ILoggerFactory>(),
        services.GetService<TimeProvider>(),
        services.GetService<IMeterFactory>());
}

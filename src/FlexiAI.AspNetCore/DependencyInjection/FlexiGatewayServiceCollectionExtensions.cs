using FlexiAI;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gateway to an application's services.</summary>
public static class FlexiGatewayServiceCollectionExtensions
{
    // What a request has left to say that it breaks off, between being told so and the end of the host.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Adds the gateway, configured in code. Its options are checked when the application starts. <c>AddFlexiAI</c> adds the providers.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills in the options. Default: they stay as they are, and the gateway serves this machine alone.</param>
    public static IServiceCollection AddFlexiGateway(this IServiceCollection services, Action<GatewayOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<GatewayOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        if (services.Any(service => service.ServiceType == typeof(GatewayEntrance)))
        {
            return services;
        }

        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidation>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<GatewayOptions>>(static (host, gateway) =>
            host.ShutdownTimeout = Later(host.ShutdownTimeout, gateway.Value.DrainTimeout + LastWords));
        services.AddOptions<FlexiOptions>().PostConfigure<IOptions<GatewayOptions>>(static (client, gateway) => client.RequestTimeout ??= gateway.Value.RequestTimeout);
        services.AddSingleton<GatewayAccess>();
        services.AddSingleton<GatewayDoor>();
        services.AddSingleton(static provider => new GatewayErrors(provider.GetService<CallerWireLookup>()));
        services.AddSingleton(static provider => new GatewayDrain(
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.DrainTimeout,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<GatewayEntrance>();
        services.AddSingleton<CallerWireLookup>(static context => RelayEndpoints.WireOf(context));
        services.AddSingleton<GatewayRoutes>();
        services.AddSingleton<RelayHandler>();
        services.AddStatus();
        services.AddSingleton<BindGuard>();
        services.AddSingleton<IStartupFilter>(static provider => provider.GetRequiredService<BindGuard>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<BindGuard>());
        return services;
    }

    /// <summary>Adds the gateway from a configuration section, which is <c>Gateway</c> in the texts. A key that it does not know is an error.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section: the properties of <see cref="GatewayOptions"/>.</param>
    /// <param name="configure">Adds to the options in code, after the section is read. Default: nothing.</param>
    public static IServiceCollection AddFlexiGateway(
        this IServiceCollection services, IConfiguration configuration, Action<GatewayOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddFlexiGateway(options =>
        {
            GatewayConfiguration.Read(configuration, options);
            configure?.Invoke(options);
        });
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

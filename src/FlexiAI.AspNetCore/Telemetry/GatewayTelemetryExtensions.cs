using FlexiAI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a gateway's metrics, traces and logs to an application.</summary>
public static class GatewayTelemetryExtensions
{
    /// <summary>
    /// Collects FlexiAI's and ASP.NET Core's metrics by OpenTelemetry; where a collector is named, traces too, and sends it both.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills in the options. Default: the defaults.</param>
    /// <returns>The services.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range; every problem is named.</exception>
    public static IServiceCollection AddFlexiGatewayTelemetry(this IServiceCollection services, Action<GatewayTelemetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new GatewayTelemetryOptions();
        configure?.Invoke(options);
        return Add(services, options);
    }

    /// <inheritdoc cref="AddFlexiGatewayTelemetry(IServiceCollection, Action{GatewayTelemetryOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section: the properties of <see cref="GatewayTelemetryOptions"/>.</param>
    /// <exception cref="InvalidOperationException">A key is unknown, or a value has the wrong form.</exception>
    public static IServiceCollection AddFlexiGatewayTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new GatewayTelemetryOptions();
        GatewayTelemetryConfiguration.Read(configuration, options);
        return Add(services, options);
    }

    private static IServiceCollection Add(IServiceCollection services, GatewayTelemetryOptions options)
    {
        GatewayTelemetryOptionsValidation.ThrowIfInvalid(options);
        services.TryAddSingleton(options);
        ConsoleLogging.Add(services, options.LogFormat);
        GatewayOpenTelemetry.Add(services, options);
        return services;
    }
}

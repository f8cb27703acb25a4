using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlexiAI;

/// <summary>Adds what <see cref="StatusEndpoints"/> need besides a <see cref="FlexiClient"/>.</summary>
internal static class StatusServices
{
    public static IServiceCollection AddStatus(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new StatusFeed(
            provider.GetRequiredService<FlexiClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<IFaultSwitch>()));
        return services;
    }
}

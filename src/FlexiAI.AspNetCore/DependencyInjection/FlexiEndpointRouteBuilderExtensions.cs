using FlexiAI;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Mounts the gateway in an application.</summary>
public static class FlexiEndpointRouteBuilderExtensions
{
    /// <summary>Maps the gateway's endpoints. Needs <c>AddFlexiAI</c> and <c>AddFlexiGateway</c>, and no middleware.</summary>
    /// <param name="endpoints">The application, or a group of its endpoints.</param>
    /// <exception cref="InvalidOperationException"><c>AddFlexiGateway</c> or <c>AddFlexiAI</c> was not called.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// An option of the client's or the gateway's is out of its range, or a model is served by an entry that there is not.
    /// </exception>
    public static IEndpointRouteBuilder MapFlexiAI(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(GatewayEntrance)) is false)
        {
            throw new InvalidOperationException("The gateway's services are missing: call services.AddFlexiGateway(…) before MapFlexiAI().");
        }

        endpoints.MapHealth();
        endpoints.MapRelay();
        endpoints.MapStatus().RequireAdminKey();
        endpoints.MapDashboard().AllowWithoutKey();
        endpoints.MapMetrics()?.RequireAdminKey();

        // One hears of circuits from when it is made, the other refuses aliases that lead nowhere.
        _ = endpoints.ServiceProvider.GetRequiredService<StatusFeed>();
        _ = endpoints.ServiceProvider.GetRequiredService<GatewayRoutes>();
        return endpoints;
    }
}

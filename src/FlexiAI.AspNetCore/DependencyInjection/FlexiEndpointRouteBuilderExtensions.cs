using FlexiAI;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Mounts the gateway in an application.</summary>
public static class FlexiEndpointRouteBuilderExtensions
{
    /// <summary>Maps the gateway's endpoints. Needs <c>AddFlexiAI</c> and <c>AddFlexiGateway</c>, and no middleware.</summary>
    /// <param name="endpoints">The application, or a group of its endpoints.</param>
    /// <exception cref="InvalidOperationException"><c>AddFlexiGateway</c> was not called.</exception>
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
        return endpoints;
    }
}

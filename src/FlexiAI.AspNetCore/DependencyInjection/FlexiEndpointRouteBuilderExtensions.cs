using FlexiAI;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Mounts the gateway in an application.</summary>
public static class FlexiEndpointRouteBuilderExtensions
{
    /// <summary>Maps the gateway's endpoints. Needs <c>AddFlexiAI</c> and <c>AddFlexiGateway</c>, and no middleware.</summary>
    /// <param name="endpoints">The application, or a group of its endpoints.</param>
    public static IEndpointRouteBuilder MapFlexiAI(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHealth();
        endpoints.MapRelay();
        endpoints.MapStatus().RequireAdminKey();
        endpoints.MapDashboard().AllowWithoutKey();
        endpoints.MapMetrics();
        return endpoints;
    }
}

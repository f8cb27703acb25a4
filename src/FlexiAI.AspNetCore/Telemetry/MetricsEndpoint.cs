using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>What Prometheus scrapes.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    /// <summary>Maps <c>GET /metrics</c>; null where telemetry was not added, or without metrics.</summary>
    public static IEndpointConventionBuilder? MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<GatewayTelemetryOptions>() is { Metrics: true } ? endpoints.MapPrometheusScrapingEndpoint(Path) : null;
}

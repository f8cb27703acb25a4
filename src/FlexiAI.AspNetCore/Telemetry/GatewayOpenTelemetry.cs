using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FlexiAI;

/// <summary>Collects by OpenTelemetry.</summary>
internal static class GatewayOpenTelemetry
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
    [
        FlexiTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
    ];

    // A vendor's addresses change with its DNS: by them a metric would grow for as long as the process lives.
    private static readonly MetricStreamConfiguration WithoutPeers =
        new() { TagKeys = ["http.connection.state", "network.protocol.version", "server.address", "server.port", "url.scheme"] };

    public static void Add(IServiceCollection services, GatewayTelemetryOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(options.ServiceName, serviceVersion: typeof(FlexiClient).Assembly.GetName().Version?.ToString(3))
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters)
                    .AddView("http.client.open_connections", WithoutPeers)
                    .AddView("http.client.connection.duration", WithoutPeers)

                    // What flexiai.attempts and gen_ai.client.operation.duration tell better.
                    .AddView("http.client.request.duration", MetricStreamConfiguration.Drop)
                    .AddView("http.client.active_requests", MetricStreamConfiguration.Drop)
                    .AddView("http.client.request.time_in_queue", MetricStreamConfiguration.Drop);
                if (options.Metrics)
                {
                    metrics.AddPrometheusExporter();
                }
            });

        // Without a collector nobody would read the spans, and each request would make three of them all the same. Whoever collects traces in
        // another way finds the sources in the services.
        services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddSource(FlexiTelemetry.Name, "Microsoft.AspNetCore"));
        if (options.OtlpEndpoint is { } endpoint)
        {
            telemetry.WithTracing().UseOtlpExporter(options.OtlpProtocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, new Uri(endpoint));
        }
        else if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            telemetry.WithTracing().UseOtlpExporter();
        }
    }
}

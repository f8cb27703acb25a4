namespace FlexiAI;

/// <summary>Where a gateway's metrics, traces and logs go.</summary>
public sealed class GatewayTelemetryOptions
{
    /// <summary>The service's name in traces and metrics; the environment variable <c>OTEL_SERVICE_NAME</c> has the last word. Default <c>flexiai</c>.</summary>
    public string ServiceName { get; set; } = "flexiai";

    /// <summary>Whether Prometheus may scrape <c>/metrics</c>. Default true.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>
    /// A collector's address, http or https, that metrics, traces and logs are sent to by OTLP. Default: that of the environment variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, and nowhere where that is not set.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How to speak to <see cref="OtlpEndpoint"/>: <c>grpc</c> or <c>http/protobuf</c>. Default <c>grpc</c>.</summary>
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>How logs are written to the console: <c>text</c>, a line each, or <c>json</c>, an object each. Default null: as the application has it.</summary>
    public string? LogFormat { get; set; }
}

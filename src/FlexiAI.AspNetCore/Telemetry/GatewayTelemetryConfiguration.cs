using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Reads <see cref="GatewayTelemetryOptions"/> from a configuration section.</summary>
internal static class GatewayTelemetryConfiguration
{
    private const string Allowed = "ServiceName, Metrics, OtlpEndpoint, OtlpProtocol, LogFormat";

    /// <exception cref="InvalidOperationException">A key is unknown, or a value has the wrong form.</exception>
    public static void Read(IConfiguration section, GatewayTelemetryOptions options)
    {
        foreach (var setting in section.GetChildren())
        {
            switch (setting.Key.ToUpperInvariant())
            {
                case "SERVICENAME":
                    options.ServiceName = setting.Value ?? "";
                    break;
                case "METRICS":
                    options.Metrics = bool.TryParse(setting.Value, out var on)
                        ? on
                        : throw new InvalidOperationException(ProviderValidation.Says(setting.Path, setting.Value, "true, false"));
                    break;
                case "OTLPENDPOINT":
                    options.OtlpEndpoint = NullIfEmpty(setting.Value);
                    break;
                case "OTLPPROTOCOL":
                    options.OtlpProtocol = setting.Value ?? "";
                    break;
                case "LOGFORMAT":
                    options.LogFormat = NullIfEmpty(setting.Value);
                    break;
                default:
                    throw new InvalidOperationException($"{setting.Path} is unknown; allowed: {Allowed}.");
            }
        }
    }

    // An environment variable that is set to nothing.
    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

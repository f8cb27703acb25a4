using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Checks <see cref="GatewayTelemetryOptions"/>.</summary>
internal static class GatewayTelemetryOptionsValidation
{
    /// <exception cref="OptionsValidationException">Something is out of its range; every problem is named.</exception>
    public static void ThrowIfInvalid(GatewayTelemetryOptions options)
    {
        var problems = Validate(options).ToList();
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(GatewayTelemetryOptions), problems);
        }
    }

    private static IEnumerable<string> Validate(GatewayTelemetryOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ServiceName))
        {
            yield return ProviderValidation.Says(nameof(options.ServiceName), options.ServiceName, "a name");
        }

        if (options.OtlpEndpoint is { } endpoint && !IsAddress(endpoint))
        {
            yield return ProviderValidation.Says(
                nameof(options.OtlpEndpoint), endpoint.Contains('@', StringComparison.Ordinal) ? "***" : endpoint, "an absolute http or https address without credentials, or none");
        }

        if (options.OtlpProtocol is not ("grpc" or "http/protobuf"))
        {
            yield return ProviderValidation.Says(nameof(options.OtlpProtocol), options.OtlpProtocol, "grpc, http/protobuf");
        }

        if (options.LogFormat is not (null or "text" or "json"))
        {
            yield return ProviderValidation.Says(nameof(options.LogFormat), options.LogFormat, "text, json, or none");
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "" };
}

using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Checks the gateway's options when the application starts. A message never shows a key.</summary>
internal sealed class GatewayOptionsValidation : IValidateOptions<GatewayOptions>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = Sizes(options).Concat(Times(options)).Concat(KeyValidation.Validate(options)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Checks the aliases against the entries that there are.</summary>
    internal static IEnumerable<string> ValidateAliases(GatewayOptions options, IReadOnlyCollection<string> entryNames) =>
        AliasValidation.Validate(options.Models, entryNames);

    private static IEnumerable<string> Sizes(GatewayOptions options)
    {
        if (options.MaxRequestBodySize is < 1024 or > 1024 * 1024 * 1024)
        {
            yield return ProviderValidation.Says(nameof(options.MaxRequestBodySize), options.MaxRequestBodySize, "1,024 to 1,073,741,824 bytes");
        }

        if (options.MaxConcurrentRequests is < 1 or > 1_000_000)
        {
            yield return ProviderValidation.Says(nameof(options.MaxConcurrentRequests), options.MaxConcurrentRequests, "1 to 1,000,000");
        }

        if (!(options.MinRequestBodyDataRate is >= 0 and <= 1_000_000))
        {
            yield return ProviderValidation.Says(nameof(options.MinRequestBodyDataRate), options.MinRequestBodyDataRate, "0 to 1,000,000 bytes per second");
        }

        if (options.MaxRequestHeadersTotalSize is < 1024 or > 1024 * 1024)
        {
            yield return ProviderValidation.Says(nameof(options.MaxRequestHeadersTotalSize), options.MaxRequestHeadersTotalSize, "1,024 to 1,048,576 bytes");
        }

        if (options.MaxRequestHeaderCount is < 10 or > 1_000)
        {
            yield return ProviderValidation.Says(nameof(options.MaxRequestHeaderCount), options.MaxRequestHeaderCount, "10 to 1,000");
        }
    }

    private static IEnumerable<string> Times(GatewayOptions options)
    {
        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > TimeSpan.FromDays(1))
        {
            yield return ProviderValidation.Says(nameof(options.RequestTimeout), options.RequestTimeout, "above zero and at most one day");
        }

        if (options.RequestHeadersTimeout <= TimeSpan.Zero || options.RequestHeadersTimeout > Hour)
        {
            yield return ProviderValidation.Says(nameof(options.RequestHeadersTimeout), options.RequestHeadersTimeout, "above zero and at most one hour");
        }

        if (options.RequestBodyTimeout <= TimeSpan.Zero || options.RequestBodyTimeout > Hour)
        {
            yield return ProviderValidation.Says(nameof(options.RequestBodyTimeout), options.RequestBodyTimeout, "above zero and at most one hour");
        }

        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > Hour)
        {
            yield return ProviderValidation.Says(nameof(options.DrainTimeout), options.DrainTimeout, "zero to one hour");
        }
    }
}

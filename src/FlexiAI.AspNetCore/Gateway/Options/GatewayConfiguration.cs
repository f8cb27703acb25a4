using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Reads <see cref="GatewayOptions"/> from a configuration section.</summary>
internal static class GatewayConfiguration
{
    private static readonly string[] Lists = [nameof(GatewayOptions.ClientKeys), nameof(GatewayOptions.AdminKeys), nameof(GatewayOptions.Models)];

    /// <exception cref="InvalidOperationException">A key is unknown, or a value has the wrong form.</exception>
    public static void Read(IConfiguration section, GatewayOptions options)
    {
        foreach (var name in Lists)
        {
            // It would be passed over in silence, and the gateway open to all who should have needed the key.
            if (section.GetSection(name) is { Value.Length: > 0 } single)
            {
                throw new InvalidOperationException(
                    $"{single.Path} is a single value (not shown); allowed: {(name == nameof(GatewayOptions.Models) ? "an object of aliases" : $"a list, the first key as {single.Path}:0")}.");
            }
        }

        section.Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
    }
}

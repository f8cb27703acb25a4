using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FlexiAI.Cli;

/// <summary>What <c>flexiai serve</c> is configured with, read and checked.</summary>
/// <param name="Client">The providers and how to use them, shared through Redis where that is configured.</param>
/// <param name="Gateway">Who may enter, and how much.</param>
/// <param name="Telemetry">The section of the telemetry; empty if there is none.</param>
/// <param name="ForGood">What stays as it is until the next start, as one text that can be compared.</param>
internal sealed record ServeSettings(FlexiOptions Client, GatewayOptions Gateway, IConfiguration Telemetry, string ForGood)
{
    private const string ClientKeysVariable = "FLEXIAI_CLIENT_KEYS";
    private const string AdminKeyVariable = "FLEXIAI_ADMIN_KEY";

    private static readonly string[] Sections = ["Gateway", "Redis", "Telemetry"];

    /// <summary>Reads the settings.</summary>
    /// <param name="path">The file, for messages; null where there is none.</param>
    /// <param name="client">The client's options.</param>
    /// <param name="section">The section that they are in.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="InputException">Something is not understood.</exception>
    /// <exception cref="OptionsValidationException">Something is out of its range; every problem is named.</exception>
    public static ServeSettings Read(string? path, FlexiOptions client, IConfiguration section, Func<string, string?> environment) =>
        ConfigurationFile.Understand(path ?? "the environment", () =>
        {
            var gateway = new GatewayOptions();
            GatewayConfiguration.Read(section.GetSection("Gateway"), gateway);
            AddKeys(gateway.ClientKeys, environment(ClientKeysVariable));
            AddKeys(gateway.AdminKeys, environment(AdminKeyVariable));
            client.RequestTimeout ??= gateway.RequestTimeout;
            Share(client, section.GetSection("Redis"));
            ThrowIfInvalid(client, gateway, environment);
            ThrowIfInvalid(section.GetSection("Telemetry"));
            return new ServeSettings(client, gateway, section.GetSection("Telemetry"), TextOf(section));
        });

    private static void AddKeys(IList<string> keys, string? variable)
    {
        foreach (var key in (variable ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            keys.Add(key);
        }
    }

    private static void Share(FlexiOptions client, IConfigurationSection redis)
    {
        if (redis.Value is { Length: > 0 } address)
        {
            client.ShareCircuits(sharing => sharing.ConnectionString = address);
        }
        else if (redis.GetChildren().Any())
        {
            client.ShareCircuits(sharing => redis.Bind(sharing, static binder => binder.ErrorOnUnknownConfiguration = true));
        }
    }

    private static void ThrowIfInvalid(FlexiOptions client, GatewayOptions gateway, Func<string, string?> environment)
    {
        var entries = ProviderEntries.Complete(client.Providers, environment);
        FlexiOptionsValidation.ThrowIfInvalid(client, entries);
        if (new GatewayOptionsValidation().Validate(null, gateway) is { Failed: true } invalid)
        {
            throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), invalid.Failures);
        }

        List<string> aliases = [.. GatewayOptionsValidation.ValidateAliases(gateway, [.. entries.Select(entry => entry.Name!)])];
        if (aliases.Count > 0)
        {
            throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), aliases);
        }
    }

    private static void ThrowIfInvalid(IConfiguration telemetry)
    {
        var options = new GatewayTelemetryOptions();
        GatewayTelemetryConfiguration.Read(telemetry, options);
        GatewayTelemetryOptionsValidation.ThrowIfInvalid(options);
    }

    // The aliases are the one part of it that a running gateway takes over.
    private static string TextOf(IConfiguration section) => string.Join('\n', Sections
        .SelectMany(name => section.GetSection(name).AsEnumerable())
        .Where(pair => !pair.Key.Contains("Gateway:Models", StringComparison.OrdinalIgnoreCase))
        .Select(pair => $"{pair.Key}={pair.Value}")
        .Order(StringComparer.Ordinal));
}

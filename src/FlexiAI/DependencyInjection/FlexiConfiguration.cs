using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Reads a configuration section into options. Whatever it does not understand is an error that names the path.</summary>
internal static class FlexiConfiguration
{
    /// <exception cref="InvalidOperationException">A key is unknown, a value has the wrong form, or a provider's type is not known.</exception>
    public static void Read(IConfiguration section, FlexiAIBuilder types, FlexiOptions options)
    {
        WithPath(section, () =>
        {
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        });

        // A configured list replaces the default set, where binding would only add to it.
        var counted = section.GetSection(nameof(FlexiOptions.CircuitBreaker)).GetSection(nameof(CircuitBreakerOptions.CountedFailures));
        if (counted.Exists())
        {
            options.CircuitBreaker.CountedFailures = counted.GetChildren().Select(Kind).ToHashSet();
        }

        foreach (var entry in section.GetSection(nameof(FlexiOptions.Providers)).GetChildren())
        {
            options.Providers.Add(WithPath(entry, () => types.Create(entry)));
        }
    }

    // The binder names an unknown key, but not the section that it stands in: of several providers, one would have to guess.
    private static T WithPath<T>(IConfiguration configuration, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e) when (configuration is IConfigurationSection section && !e.Message.Contains(section.Path, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{section.Path}: {e.Message}", e);
        }
    }

    private static FailureKind Kind(IConfigurationSection section) =>
        Enum.TryParse<FailureKind>(section.Value, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new InvalidOperationException($"{section.Path} is \"{section.Value}\"; allowed: {string.Join(", ", Enum.GetNames<FailureKind>())}.");
}

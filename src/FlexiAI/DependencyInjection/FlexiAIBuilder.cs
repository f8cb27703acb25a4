using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Collects the provider types that a configuration may name.</summary>
public sealed class FlexiAIBuilder
{
    private readonly SortedDictionary<string, Func<IConfigurationSection, ProviderOptions>> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the types known so far.</summary>
    public IReadOnlyCollection<string> ProviderTypes => _types.Keys;

    /// <summary>Teaches the configuration a provider type.</summary>
    /// <param name="type">The value of <c>Type</c> in an entry, without regard to letter case.</param>
    /// <param name="create">Makes the entry from its section.</param>
    /// <exception cref="ArgumentException"><paramref name="type"/> is empty.</exception>
    public FlexiAIBuilder AddProviderType(string type, Func<IConfigurationSection, ProviderOptions> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(create);
        _types[type] = create;
        return this;
    }

    internal ProviderOptions Create(IConfigurationSection section)
    {
        var type = section["Type"];
        return type is not null && _types.TryGetValue(type, out var create)
            ? create(section)
            : throw new InvalidOperationException(
                $"{section.Path}:Type is {(string.IsNullOrEmpty(type) ? "missing" : $"\"{type}\"")}; allowed: {string.Join(", ", _types.Keys)}.");
    }
}

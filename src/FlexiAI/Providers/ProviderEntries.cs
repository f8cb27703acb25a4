using System.Globalization;

namespace FlexiAI;

/// <summary>Makes the entries that a client runs with from those that a user wrote: copied, named, and completed from the environment.</summary>
internal static class ProviderEntries
{
    public static List<ProviderOptions> Complete(IEnumerable<ProviderOptions?>? configured, Func<string, string?> environment)
    {
        var entries = (configured ?? []).Select(entry => entry?.Clone() ?? throw new ArgumentException("A provider entry is null; allowed: an entry.", nameof(configured))).ToList();
        var taken = new HashSet<string>(entries.Select(entry => entry.Name).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            entry.Name ??= FreeName(entry.Type, taken);
            entry.UseEnvironment(environment);
        }

        return entries;
    }

    private static string FreeName(string type, HashSet<string> taken)
    {
        var name = type;
        for (var n = 2; !taken.Add(name); n++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{type}-{n}");
        }

        return name;
    }
}

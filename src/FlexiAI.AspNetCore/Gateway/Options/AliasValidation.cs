namespace FlexiAI;

/// <summary>Checks that each alias is served by entries that there are.</summary>
internal static class AliasValidation
{
    public static IEnumerable<string> Validate(IDictionary<string, IList<string>>? aliases, IReadOnlyCollection<string> entryNames)
    {
        var entries = new HashSet<string>(entryNames, StringComparer.OrdinalIgnoreCase);
        var allowed = $"names of providers: {string.Join(", ", entryNames)}";
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (alias, serving) in aliases ?? new Dictionary<string, IList<string>>(StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(alias) || string.Equals(alias, "auto", StringComparison.OrdinalIgnoreCase))
            {
                yield return ProviderValidation.Says("Models", alias, "an alias with a name other than auto, which stands for all providers");
            }

            if (!seen.Add(alias))
            {
                yield return ProviderValidation.Says("Models", alias, "an alias that no other differs from by capitals alone");
            }

            if (serving is not { Count: > 0 })
            {
                yield return ProviderValidation.Says($"Models[{alias}]", "", $"at least one of the {allowed}");
                continue;
            }

            var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in serving)
            {
                if (!entries.Contains(entry ?? ""))
                {
                    yield return ProviderValidation.Says($"Models[{alias}]", entry, allowed);
                }
                else if (!named.Add(entry!))
                {
                    yield return ProviderValidation.Says($"Models[{alias}]", entry, "each provider once");
                }
            }
        }
    }
}

namespace FlexiAI;

/// <summary>What becomes of a client's entries under other options: which go on, and whose circuits are new or gone.</summary>
internal sealed class ProviderChanges
{
    public ProviderChanges(
        ProviderSet before, IReadOnlyList<ProviderOptions> entries, CircuitBreakerOptions circuit, TimeProvider time, Func<double> random)
    {
        // Compared first: what a type of the user's own throws changes nothing.
        var kept = entries.Select(entry => before.TryFind(entry.Name) is { } same && same.Options.NeedsSameClientAs(entry) ? same : null).ToList();
        After = new([.. entries.Select((entry, i) => kept[i]?.With(entry, circuit) ?? new Provider(entry, circuit, time, random))], before.Primary?.Name);
        Added = [.. After.All.ExceptBy(before.All.Select(provider => provider.Circuit), provider => provider.Circuit)];
        Removed = [.. before.All.ExceptBy(After.All.Select(provider => provider.Circuit), provider => provider.Circuit)];
    }

    public ProviderSet After { get; }

    /// <summary>The entries whose circuits are new.</summary>
    public IReadOnlyList<Provider> Added { get; }

    /// <summary>The entries whose circuits are in use no more.</summary>
    public IReadOnlyList<Provider> Removed { get; }
}

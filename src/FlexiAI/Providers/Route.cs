namespace FlexiAI;

/// <summary>Who may serve a request, and in which order.</summary>
/// <param name="rank">An entry's place, the lowest first and equal ones taking turns; null for one that is not to be asked.</param>
internal sealed class Route(Func<Provider, int?> rank)
{
    /// <summary>A route of named entries, the first to be asked first.</summary>
    public static Route Of(IReadOnlyList<string> names) => new(provider =>
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], provider.Name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    });

    /// <summary>A route of the entries with a model, by priority, and then all others.</summary>
    public static Route OfModel(string model) => new(provider =>
        string.Equals(provider.Model, model, StringComparison.Ordinal) ? int.MinValue + provider.Options.Priority : provider.Options.Priority);

    /// <summary>A route of the entries with a model for embeddings, by priority: vectors of another would not compare.</summary>
    public static Route OfEmbeddingModel(string model) => new(provider =>
        string.Equals(provider.EmbeddingModel, model, StringComparison.Ordinal) ? provider.Options.Priority : null);

    public bool Includes(Provider provider) => rank(provider) is not null;

    /// <summary>The order that the route makes of the entries. A chosen primary stands before the others, if it is on the route at all.</summary>
    public ProviderOrder Order(IReadOnlyList<Provider> all, Provider? primary) => new(all
        .Where(Includes)
        .GroupBy(provider => provider == primary ? int.MinValue : rank(provider)!.Value)
        .OrderBy(group => group.Key));
}

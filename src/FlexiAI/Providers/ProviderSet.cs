namespace FlexiAI;

/// <summary>All entries of a client, and the order in which a request asks them.</summary>
internal sealed class ProviderSet
{
    private ProviderOrder _order;

    public ProviderSet(IReadOnlyList<Provider> providers, string? primary = null)
    {
        All = providers;
        Primary = TryFind(primary);
        _order = ProviderOrder.ByPriority(providers, Primary);
    }

    /// <summary>The entries in the order of the configuration.</summary>
    public IReadOnlyList<Provider> All { get; }

    /// <summary>The entry that was chosen to be asked before all others, if one was.</summary>
    public Provider? Primary { get; private set; }

    /// <summary>The order for one request: that of its route, else by priority, equal priorities taking turns.</summary>
    public ProviderSequence Sequence(Route? route = null) => new(route is null ? Volatile.Read(ref _order) : route.Order(All, Primary));

    /// <summary>
    /// The order for taking up what broke off at one entry: the others first, of those the ones that go on where it broke off; the entry
    /// itself last.
    /// </summary>
    public ProviderSequence SequenceAfter(Provider broken, Route? route = null)
    {
        var sequence = Sequence(route);
        List<Provider> inTurn = [];
        while (sequence.Next() is { } provider)
        {
            inTurn.Add(provider);
        }

        return new(new ProviderOrder(inTurn
            .OrderBy(provider => provider == broken)
            .ThenBy(provider => !provider.Options.AcceptsPrefill)
            .Select(provider => new[] { provider })));
    }

    /// <exception cref="ArgumentException">There is no such entry; the message names those there are.</exception>
    public Provider Find(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return TryFind(name)
            ?? throw new ArgumentException($"No provider is named \"{name}\"; allowed: {string.Join(", ", All.Select(provider => provider.Name))}.", parameter);
    }

    public Provider? TryFind(string? name) => All.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));

    public void SetPrimary(Provider primary)
    {
        Primary = primary;
        Volatile.Write(ref _order, ProviderOrder.ByPriority(All, primary));
    }

    /// <summary>How long until an entry that can serve the call admits it; null if all are isolated.</summary>
    public TimeSpan? EarliestRetry(Func<Provider, bool> canServe) =>
        All.Where(canServe).Select(provider => provider.Circuit.RetryAfter).Where(wait => wait is not null).Min();
}

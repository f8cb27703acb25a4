namespace FlexiAI.Cli;

/// <summary>Who plays in a simulation: the configured entries, each with its part in the incident.</summary>
internal sealed class Cast
{
    private readonly FlexiOptions _options;
    private readonly List<ProviderOptions> _entries;

    /// <param name="options">The configuration; nothing in it needs to be a working key or address.</param>
    /// <param name="incident">The incident.</param>
    /// <exception cref="InputException">The incident speaks of a provider that is not configured.</exception>
    public Cast(FlexiOptions options, Incident incident)
    {
        _options = options;
        _entries = ProviderEntries.Complete(options.Providers, _ => null);
        Names = [.. _entries.Select(entry => entry.Name!)];
        foreach (var provider in incident.Providers)
        {
            if (!_entries.Any(entry => IsNamed(provider, entry) || IsOfType(provider, entry)))
            {
                var allowed = Names.Concat(_entries.Select(entry => entry.Type)).Distinct(StringComparer.OrdinalIgnoreCase);
                throw new InputException($"{incident.File}: providers.{provider.Name} is no configured entry's name or type; allowed: {string.Join(", ", allowed)}.");
            }
        }
    }

    /// <summary>The entries' names in the order of the configuration.</summary>
    public List<string> Names { get; }

    public IReadOnlyList<ProviderOptions> Entries => _entries;

    public FlexiOptions Options => _options;

    /// <summary>What happens to an entry: what the incident says of its name, else of its type, else nothing.</summary>
    public static IncidentProvider PartOf(ProviderOptions entry, Incident incident) =>
        incident.Providers.FirstOrDefault(provider => IsNamed(provider, entry))
        ?? incident.Providers.FirstOrDefault(provider => IsOfType(provider, entry))
        ?? new IncidentProvider(entry.Name!, Latency.Default, []);

    /// <summary>The configuration with the same entries in memory.</summary>
    public FlexiOptions CreateOptions(Incident incident, VirtualTime time, RunLog log, Func<double> random) => new()
    {
        Providers = [.. _entries.Select((entry, i) => InMemory(entry, new ScriptedClient(i, new Script(entry.Name!, PartOf(entry, incident)), incident, time, log)))],
        CircuitBreaker = _options.CircuitBreaker,
        FailoverMode = _options.FailoverMode,
        FailOverOnCallerFaults = _options.FailOverOnCallerFaults,
        RequestTimeout = _options.RequestTimeout,
        MaxAttempts = _options.MaxAttempts,
        RetryDelay = _options.RetryDelay,
        MaxRetryAfterWait = _options.MaxRetryAfterWait,
        Random = random,
    };

    private static ChatClientProvider InMemory(ProviderOptions entry, ScriptedClient client) => new ChatClientProvider(entry.Name!, client)
    {
        Priority = entry.Priority,
        Timeout = entry.Timeout,
        ConnectTimeout = entry.ConnectTimeout,
        FirstTokenTimeout = entry.FirstTokenTimeout,
        IdleTimeout = entry.IdleTimeout,
        MaxRetries = entry.MaxRetries,
    };

    private static bool IsNamed(IncidentProvider provider, ProviderOptions entry) => string.Equals(provider.Name, entry.Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfType(IncidentProvider provider, ProviderOptions entry) => string.Equals(provider.Name, entry.Type, StringComparison.OrdinalIgnoreCase);
}

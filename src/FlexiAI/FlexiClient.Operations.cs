namespace FlexiAI;

/// <content>What an operator sees and does.</content>
public sealed partial class FlexiClient
{
    /// <summary>
    /// Raised after each change of a circuit, per circuit in order, each once, on a thread of the pool: a handler that throws, blocks or calls
    /// back changes nothing for any request.
    /// </summary>
    public event EventHandler<CircuitTransition>? CircuitChanged;

    /// <summary>What each provider is like now, in the order of the configuration. Reading it changes nothing.</summary>
    public IReadOnlyList<ProviderStatus> GetProviderStatus() => [.. Providers.All.Select(provider => provider.GetStatus())];

    /// <summary>What one provider is like now. Reading it changes nothing.</summary>
    /// <param name="provider">The entry's name.</param>
    /// <exception cref="ArgumentException">There is no such entry.</exception>
    public ProviderStatus GetProviderStatus(string provider) => Providers.Find(provider, nameof(provider)).GetStatus();

    /// <summary>
    /// What the client has done since it was made. The providers are the present entries; the totals count what entries that are gone did too.
    /// </summary>
    public RequestStats GetRequestStats() => _statistics.Read(Providers.All, _setups.SuccessesOfGone);

    /// <summary>Closes circuits, isolated ones too, and forgets their failures; shared ones in all processes.</summary>
    /// <param name="provider">The name of one entry, or null for all.</param>
    /// <exception cref="ArgumentException">There is no such entry.</exception>
    public void ResetCircuitBreakers(string? provider = null)
    {
        foreach (var entry in provider is null ? Providers.All : [Providers.Find(provider, nameof(provider))])
        {
            entry.Circuit.Reset();
        }
    }

    /// <summary>Holds an entry's circuit open until it is reset.</summary>
    /// <param name="provider">The entry's name.</param>
    /// <param name="everywhere">Whether in all processes that share the circuit. Default false: in this one, which goes by itself until the reset.</param>
    /// <exception cref="ArgumentException">There is no such entry.</exception>
    public void IsolateProvider(string provider, bool everywhere = false)
    {
        var entry = Providers.Find(provider, nameof(provider));
        entry.Circuit.Isolate();
        if (everywhere)
        {
            entry.Share?.Isolate();
        }
    }

    /// <summary>Asks this entry before all others from now on, whatever its priority; the others keep their order.</summary>
    /// <param name="provider">The entry's name.</param>
    /// <exception cref="ArgumentException">There is no such entry.</exception>
    public void SetPrimaryProvider(string provider)
    {
        lock (_operating)
        {
            Providers.SetPrimary(Providers.Find(provider, nameof(provider)));
        }
    }

    /// <summary>The entry that <see cref="SetPrimaryProvider"/> put before all others; null if none was.</summary>
    internal string? PrimaryProvider => Providers.Primary?.Name;

    /// <summary>Whether a request would reach some provider now.</summary>
    internal bool AnyProviderAdmits => Providers.All.Any(provider => provider.Circuit.WouldAdmit);

    private void Tell(object? circuit, CircuitTransition transition)
    {
        _telemetry.CircuitChanged(transition);
        foreach (var handler in Delegate.EnumerateInvocationList(CircuitChanged))
        {
            try
            {
                handler(this, transition);
            }
            catch (Exception)
            {
                // The handler's own failure: the others are told all the same.
            }
        }
    }
}

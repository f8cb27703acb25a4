namespace FlexiAI;

/// <content>How a client at work is given other options.</content>
public sealed partial class FlexiClient
{
    // One after the other: what replaces the setup, or is to survive that, or ends the client.
    private readonly Lock _operating = new();

    /// <summary>
    /// Goes by other options from now on, and loses nothing: requests that begin after it see the new entries and settings, all at once;
    /// requests and streams under way go on by the old ones to their end.
    /// </summary>
    /// <remarks>
    /// <para>
    /// An entry of the same name (without regard to letter case) and type keeps its client, its connections and its statistics unless
    /// something changed that its client is made of: key, model, address, <see cref="ProviderOptions.ConnectTimeout"/>, the handler factory
    /// or the type's own <see cref="ProviderOptions.Identity"/>, delegates being equal where they are the same. It keeps its circuit too, with failures and openness, unless
    /// <see cref="FlexiOptions.CircuitBreaker"/> changed. Priority, time limits and retries may change without any loss, and the name keeps the
    /// spelling that it had. Every other entry begins anew, with a closed circuit (or, where circuits are shared, as the other processes
    /// have it) and with statistics of its own.
    /// </para>
    /// <para>
    /// The clients of entries that were removed or made anew are disposed a moment after the last request that began before has ended, also
    /// one that reads a stream of another entry, since it may still go on to any of them; an <see cref="Microsoft.Extensions.AI.IChatClient"/> of the user's own
    /// only when no entry has it any more. Their circuits raise no more events and are shared no longer.
    /// </para>
    /// <para>
    /// The provider chosen by <see cref="SetPrimaryProvider"/> stays so while there is an entry of its name. Circuits go on being shared, or
    /// not, as decided when the client was made. Calls from several threads are made one after the other.
    /// </para>
    /// </remarks>
    /// <param name="options">The providers and how to use them; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// An option is out of its range; every problem is named, and nothing is changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public void Reconfigure(FlexiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_operating)
        {
            ThrowIfDisposed();
            var entries = ProviderEntries.Complete(options.Providers, options.Environment);
            FlexiOptionsValidation.ThrowIfInvalid(options, entries);
            var before = _setups.Current;
            var changes = new ProviderChanges(before.Providers, entries, options.CircuitBreaker, _clocks.Time, options.Random);
            foreach (var provider in changes.Added)
            {
                provider.Circuit.Changed += Tell;
                if (_sharing is not null)
                {
                    provider.ShareWith(_sharing);
                }
            }

            _setups.Replace(new RequestSetup(changes.After, Settings(options), _clocks, _telemetry, before));
            foreach (var provider in changes.Removed)
            {
                provider.Circuit.Changed -= Tell;
                if (_sharing is not null)
                {
                    provider.Leave(_sharing);
                }
            }
        }
    }
}

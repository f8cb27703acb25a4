using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>
/// Three simulated providers, one for each wire format, for a command without a configuration. They are reached by the real provider types
/// over real HTTP; only the model is missing.
/// </summary>
internal sealed class SimulatedProviders : IAsyncDisposable
{
    // The pace at which a person can see that the answer is streamed.
    private static readonly TimeSpan TokenDelay = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan ShownRecovery = TimeSpan.FromSeconds(10);

    private readonly List<SimulatedProvider> _running = [];

    /// <summary>None at all.</summary>
    public static SimulatedProviders None { get; } = new();

    /// <summary>The entries without an address: what <see cref="CreateOptions"/> gives once they run.</summary>
    public static IReadOnlyList<ProviderOptions> Entries =>
    [
        SimulatedEntry.OpenAI(priority: 1), SimulatedEntry.Anthropic(priority: 2), SimulatedEntry.Gemini(priority: 3),
    ];

    public static async Task<SimulatedProviders> StartAsync(CancellationToken cancelled)
    {
        var providers = new SimulatedProviders();
        try
        {
            foreach (var (wire, entry) in Wires.Zip(Entries))
            {
                var options = new SimulatedProviderOptions { Name = entry.Type, Responder = request => Answer(entry, request) };
                var provider = await SimulatedProvider.StartAsync(wire, options, cancelled).ConfigureAwait(false);
                provider.Faults.Always(Fault.SlowTokens(TokenDelay));
                providers._running.Add(provider);
            }

            return providers;
        }
        catch
        {
            await providers.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets a provider fail from now on, or heals it.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="fault">How it fails; null for not at all.</param>
    public void Play(string name, Fault? fault)
    {
        var provider = _running[Entries.ToList().FindIndex(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))];
        provider.Faults.Always(fault ?? Fault.SlowTokens(TokenDelay));
    }

    /// <summary>The options of a client that uses them.</summary>
    /// <param name="forGateway">Whether they run for long, and a person waits to see one recover.</param>
    public FlexiOptions CreateOptions(bool forGateway = false) => new()
    {
        CircuitBreaker = forGateway ? new CircuitBreakerOptions { RecoveryTimeout = ShownRecovery } : new CircuitBreakerOptions(),
        Providers = [.. Entries.Zip(_running, (entry, provider) =>
        {
            entry.BaseUrl = provider.BaseUrl;
            return entry;
        })],
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _running)
        {
            await provider.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static SimulatedWire[] Wires => [SimulatedWire.OpenAI, SimulatedWire.Anthropic, SimulatedWire.Google];

    private static SimulatedAnswer Answer(ProviderOptions entry, SimulatedRequest request)
    {
        var prompt = request.Messages.LastOrDefault(message => message.Role == "user")?.Text ?? "";
        return $"This is a simulated answer: no model was asked, only a stand-in for {entry.Type} on this machine. You said: {prompt}";
    }
}

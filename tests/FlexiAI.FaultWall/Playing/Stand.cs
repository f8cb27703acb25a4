using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>A client over two simulated providers on real sockets, as one scene wants it.</summary>
internal sealed class Stand : IAsyncDisposable
{
    // Longer than the recovery time, and than any time that a provider names.
    private static readonly TimeSpan UntilRecovery = TimeSpan.FromSeconds(31);

    // Of real time.
    private static readonly TimeSpan UntilGatewayWaits = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan UntilEnded = TimeSpan.FromSeconds(4);

    private readonly Scene _scene;
    private readonly FlexiClient _client;
    private readonly WallGateway? _gateway;
    private readonly GatewayVoice? _voice;
    private readonly Caller _caller;
    private readonly List<Reply> _replies = [];
    private string _backupAnswer;

    private Stand(Scene scene, WallClock clock, SimulatedProvider primary, SimulatedProvider backup, FlexiClient client, WallGateway? gateway, WallCaller caller)
    {
        (_scene, Clock, Primary, Backup, _backupAnswer) = (scene, clock, primary, backup, scene.BackupAnswer);
        (_client, _gateway) = (client, gateway);
        _voice = gateway is null ? null : new GatewayVoice(caller, gateway.Address);
        _caller = new Caller(_voice is null ? new LibraryVoice(client) : _voice, clock);
        primary.Responder = _ => Answer(Entries.Primary, Answers.Whole);
        backup.Responder = _ => Answer(Entries.Backup, _backupAnswer);
    }

    public WallClock Clock { get; }

    public SimulatedProvider Primary { get; }

    public SimulatedProvider Backup { get; }

    public IReadOnlyList<Reply> Replies => _replies;

    public static async Task<Stand> StartAsync(ProviderPair pair, Scene scene)
    {
        var clock = new WallClock();
        var primary = await SimulatedProvider.StartAsync(pair.Primary, new() { Name = Entries.Primary, TimeProvider = clock });
        var backup = await SimulatedProvider.StartAsync(
            pair.Backup, new() { Name = Entries.Backup, TimeProvider = clock, Prefill = scene.BackupPrefill });
        var client = new FlexiClient(Options(scene, Entries.For(primary), Entries.For(backup)), timeProvider: clock);
        var gateway = pair.Caller == WallCaller.Library ? null : await WallGateway.StartAsync(client);
        return new Stand(scene, clock, primary, backup, client, gateway, pair.Caller);
    }

    /// <summary>Plays the scene, and then looks after the client.</summary>
    public async Task<Evidence> PlayAsync()
    {
        _scene.Break(Primary.Faults);
        await _scene.Play(this);
        var (atPrimary, atBackup) = (Arrivals(Primary), Arrivals(Backup));
        var aftermath = await LookAfterAsync();
        return new Evidence(_gateway is null ? Replies : await _gateway.CompleteAsync(Replies), atPrimary, atBackup, aftermath);
    }

    /// <summary>Makes one request of the scene.</summary>
    public async Task AskAsync()
    {
        using var ended = new CancellationTokenSource();
        var meanwhile = _scene.Meanwhile?.Invoke(this, ended.Token) ?? Task.CompletedTask;
        _replies.Add(await _caller.AskAsync(_scene.IsStreamed));
        await ended.CancelAsync();
        await meanwhile.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc cref="Caller.WaitsAfterAsync"/>
    public Task WaitsAfterAsync(string text, CancellationToken cancellationToken) => _caller.WaitsAfterAsync(text, cancellationToken);

    /// <summary>Lets time pass while a stream is silent.</summary>
    public async Task PassAsync(TimeSpan time, CancellationToken ended)
    {
        if (_gateway is null)
        {
            Clock.Advance(time);
            return;
        }

        // What the caller has received, the gateway has just sent: it needs a moment to wait for more. If that was too short, time passes again.
        while (true)
        {
            await Task.Delay(UntilGatewayWaits, ended);
            Clock.Advance(time);
            await Task.Delay(UntilEnded, ended);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _voice?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _client.DisposeAsync();
        await Task.WhenAll(Primary.DisposeAsync().AsTask(), Backup.DisposeAsync().AsTask());
    }

    private static FlexiOptions Options(Scene scene, ProviderOptions primary, ProviderOptions backup)
    {
        primary.FirstTokenTimeout = scene.FirstToken;
        backup.AcceptsPrefill = scene.BackupAcceptsPrefill ?? backup.AcceptsPrefill;
        return new FlexiOptions
        {
            Providers = [primary, backup],
            CircuitBreaker = CircuitBreakerOptions.HighAvailability,
            StreamRecovery = scene.Recovery,
        };
    }

    private async Task<Aftermath> LookAfterAsync()
    {
        Primary.Faults.Clear();
        _backupAnswer = Answers.Whole;
        var atOnce = await _caller.AskAsync(_scene.IsStreamed);
        Clock.Advance(UntilRecovery);
        var later = await _caller.AskAsync(_scene.IsStreamed);
        return new Aftermath(atOnce, later, [.. _client.GetProviderStatus().Select(provider => provider.CircuitBreaker.State)]);
    }

    private List<Arrival> Arrivals(SimulatedProvider provider) => [.. provider.Requests.Select(request => Arrival.Of(request, Clock))];

    private static SimulatedAnswer Answer(string entry, string text) =>
        new() { Text = text, InputTokens = Usage.InputOf(entry), OutputTokens = Usage.Output };
}

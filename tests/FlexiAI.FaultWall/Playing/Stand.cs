using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>A client over two simulated providers on real sockets, as one scene wants it.</summary>
internal sealed class Stand : IAsyncDisposable
{
    // Longer than the recovery time, and than any time that a provider names.
    private static readonly TimeSpan UntilRecovery = TimeSpan.FromSeconds(31);

    private readonly Scene _scene;
    private readonly FlexiClient _client;
    private readonly Caller _caller;
    private readonly List<Reply> _replies = [];
    private string _backupAnswer;

    private Stand(Scene scene, WallClock clock, SimulatedProvider primary, SimulatedProvider backup)
    {
        (_scene, Clock, Primary, Backup, _backupAnswer) = (scene, clock, primary, backup, scene.BackupAnswer);
        var (first, second) = (Entries.For(primary), Entries.For(backup));
        first.FirstTokenTimeout = scene.FirstToken;
        second.AcceptsPrefill = scene.BackupAcceptsPrefill ?? second.AcceptsPrefill;
        _client = new FlexiClient(
            new FlexiOptions
            {
                Providers = [first, second],
                CircuitBreaker = CircuitBreakerOptions.HighAvailability,
                StreamRecovery = scene.Recovery,
            },
            timeProvider: clock);
        _caller = new Caller(_client, clock);
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
        return new Stand(scene, clock, primary, backup);
    }

    /// <summary>Plays the scene, and then looks after the client.</summary>
    public async Task<Evidence> PlayAsync()
    {
        _scene.Break(Primary.Faults);
        await _scene.Play(this);
        return new Evidence(Replies, Arrivals(Primary), Arrivals(Backup), await LookAfterAsync());
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

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Task.WhenAll(Primary.DisposeAsync().AsTask(), Backup.DisposeAsync().AsTask());
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

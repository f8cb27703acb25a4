using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>Clients that share one circuit through Redis, each as a process of its own would: their own connection, the same scope.</summary>
internal sealed class SharingFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _scope = $"fleet {Guid.NewGuid():N}";
    private readonly string _endpoint;
    private readonly Dictionary<string, ChatClientProvider> _entries;
    private readonly Action<FlexiOptions>? _configure;
    private readonly Action<RedisSharingOptions>? _share;

    public SharingFleet(string endpoint, int processes, Action<FlexiOptions>? configure = null, Action<RedisSharingOptions>? share = null)
    {
        (_endpoint, _configure, _share) = (endpoint, configure, share);
        _entries = new()
        {
            ["primary"] = new ChatClientProvider("primary", new Borrowed(Primary)) { Priority = 1, MaxRetries = 0 },
            ["backup"] = new ChatClientProvider("backup", new Borrowed(Backup)) { Priority = 2, MaxRetries = 0 },
        };
        Clients = [.. Enumerable.Range(0, processes).Select(_ => Create())];
    }

    /// <summary>The provider that all share, and the one that stands in for it.</summary>
    public FakeChat Primary { get; } = new("primary");

    public FakeChat Backup { get; } = new("backup");

    public List<FlexiClient> Clients { get; }

    public RecordedLog Log { get; } = new();

    /// <summary>Where the shared circuit's state lies in Redis.</summary>
    public RedisKey Key => new CircuitKeys(_scope).Of("primary")[0];

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public FlexiClient Create() =>
        new(Options("primary", "backup").ShareCircuits(redis =>
        {
            // A busy machine must not be taken for a Redis that is away: that is another test's.
            (redis.ConnectionString, redis.Scope, redis.Timeout) = (_endpoint, _scope, TimeSpan.FromSeconds(5));
            _share?.Invoke(redis);
        }), Log);

    /// <summary>Leaves a client these entries of the two.</summary>
    public void Reconfigure(int client, params string[] entries) => Clients[client].Reconfigure(Options(entries));

    public Task<ChatResponse> AskAsync(int client) => Clients[client].GetResponseAsync("Hello", cancellationToken: Stop);

    /// <summary>Lets one client see enough failures to open its circuit.</summary>
    public async Task TripAsync(int client, FailureKind kind = FailureKind.ServerError)
    {
        Primary.Failing(kind);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("backup", (await AskAsync(client)).Provider);
        }
    }

    public CircuitStatus Circuit(int client) => Status(client).CircuitBreaker;

    public ProviderStatus Status(int client) => Clients[client].GetProviderStatus("primary");

    public Task ConnectedAsync() => UntilAsync(() => Clients.TrueForAll(client => client.GetProviderStatus("primary").Sharing!.Connected), "every process is connected");

    public Task AllAsync(CircuitState state) =>
        UntilAsync(() => Clients.TrueForAll(client => client.GetProviderStatus("primary").CircuitBreaker.State == state), $"every circuit is {state}");

    /// <summary>Waits until every process has read the circuits twice more: what another one told before is known by then.</summary>
    public async Task ReadAgainAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            await UntilAsync(() => Clients.TrueForAll(client => client.GetProviderStatus("primary").Sharing!.LastContact > now), "every process has read again");
        }
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"Not within {Patience.TotalSeconds} s: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients)
        {
            await client.DisposeAsync();
        }
    }

    private FlexiOptions Options(params string[] entries)
    {
        var options = new FlexiOptions
        {
            Providers = [.. entries.Select(name => _entries[name])],
            CircuitBreaker = { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(1) },
        };
        _configure?.Invoke(options);
        return options;
    }

    /// <summary>The same fake for every client, which outlives them.</summary>
    private sealed class Borrowed(IChatClient inner) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.GetResponseAsync(messages, options, cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.GetStreamingResponseAsync(messages, options, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

/// <summary>The lines of all clients' logs.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Whether writing a line throws, as on a full disk.</summary>
    public bool Fails { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception));
        if (Fails)
        {
            throw new IOException("No space left on device.");
        }
    }

    public void Dispose()
    {
    }
}

namespace FlexiAI.Soak;

/// <summary>One client over three providers: two in memory that share the load, and one behind sockets that steps in.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly FlakyServer _server;

    private Fleet(FlakyServer server, Weather[] weathers)
    {
        _server = server;
        Weathers = weathers;
        Chats = new() { ["one"] = new FlakyChat(weathers[0]), ["two"] = new FlakyChat(weathers[1]) };
        Client = new FlexiClient(new FlexiOptions
        {
            Providers =
            [
                .. Chats.Select(chat => new ChatClientProvider(chat.Key, chat.Value) { Timeout = Limit, IdleTimeout = Limit }),
                new OpenAICompatibleProvider
                {
                    Name = "backup", BaseUrl = server.BaseUrl, Model = "m", Priority = 2, Timeout = Limit, IdleTimeout = Limit,
                    // Idle connections go soon, so that those left at the end are the ones that leaked.
                    HttpHandlerFactory = () => new SocketsHttpHandler { MaxConnectionsPerServer = 32, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) },
                },
            ],
            CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromMilliseconds(100), HalfOpenMaxCalls = 2, MaxRetryAfter = TimeSpan.FromSeconds(1) },
            RetryDelay = TimeSpan.FromMilliseconds(20),
        });
    }

    /// <summary>Far below the fifteen seconds after which a probe that was never settled is given up, so that one is seen before that.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMilliseconds(300);

    public FlexiClient Client { get; }

    /// <summary>The providers in memory, by name.</summary>
    public Dictionary<string, FlakyChat> Chats { get; }

    public IReadOnlyList<Weather> Weathers { get; }

    public static async Task<Fleet> StartAsync()
    {
        Weather[] weathers = [new(), new(), new()];
        var server = new FlakyServer(weathers[2]);
        await server.StartAsync();
        return new Fleet(server, weathers);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
    }
}

using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace FlexiAI;

/// <summary>Shares the circuits of one client through Redis: connects, listens to news, and reads all circuits once in a while.</summary>
internal sealed class RedisCircuitSharing : CircuitSharing
{
    private static readonly Version Oldest = new(7, 0);

    private readonly RedisSharingOptions _options;
    private readonly RedisLink _link;
    private readonly Lock _joining = new();
    private RedisCircuitShare[] _shares = [];
    private bool _started;
    private readonly CancellationTokenSource _stop = new();
    private IConnectionMultiplexer? _connection;
    private Task _looking = Task.CompletedTask;

    public RedisCircuitSharing(RedisSharingOptions options, SharingContext context)
    {
        _options = options;
        _link = new RedisLink(options, context);
        if (options.FailFastAtStart)
        {
            Attach(options.Connection ?? ConnectionMultiplexer.Connect(Configuration(abort: true)));
            ThrowIfUnfit(_connection);
        }
    }

    public override CircuitShare Join(CircuitBreaker circuit)
    {
        var share = new RedisCircuitShare(circuit, _link);
        lock (_joining)
        {
            Volatile.Write(ref _shares, [.. _shares, share]);
            if (_started)
            {
                _ = share.RunAsync();
                _ = ReadFirstAsync(share);
            }
        }

        return share;
    }

    public override void Leave(CircuitBreaker circuit)
    {
        lock (_joining)
        {
            var left = Array.Find(_shares, share => share.IsOf(circuit));
            Volatile.Write(ref _shares, [.. _shares.Where(share => share != left)]);
            left?.Leave();
        }
    }

    public override void Start()
    {
        lock (_joining)
        {
            _started = true;
            foreach (var share in _shares)
            {
                _ = share.RunAsync();
            }
        }

        _ = RunAsync();
    }

    public override void Dispose()
    {
        _stop.Cancel();
        foreach (var share in Volatile.Read(ref _shares))
        {
            share.Stop();
        }

        // The application's own connection stays the application's.
        if (_options.Connection is null)
        {
            _connection?.Dispose();
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            if (_connection is null)
            {
                await ConnectAsync().ConfigureAwait(false);
            }

            var shares = Volatile.Read(ref _shares);
            if (await ReadAsync(Array.ConvertAll(shares, share => share.Shared)).ConfigureAwait(false) is { } views)
            {
                for (var i = 0; i < views.Length; i++)
                {
                    shares[i].Sync(views[i]);
                }
            }

            await WaitAsync().ConfigureAwait(false);
        }
    }

    // Random, so that the processes of a fleet do not read all at once.
    private async Task WaitAsync()
    {
        var pause = _options.PollInterval * (0.8 + (0.4 * Random.Shared.NextDouble()));
        await Task.Delay(pause, _link.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ConnectAsync()
    {
        try
        {
            Attach(_options.Connection ?? await ConnectionMultiplexer.ConnectAsync(Configuration(abort: false)).ConfigureAwait(false));
            if (_stop.IsCancellationRequested)
            {
                // It was disposed while it connected.
                Dispose();
            }
        }
        catch (Exception e)
        {
            _link.Lost(e);
        }
    }

    // Not with the next poll alone: until then it would be asked though the others know better.
    private async Task ReadFirstAsync(RedisCircuitShare share)
    {
        if (await _link.ReadAllAsync([share.Shared]).ConfigureAwait(false) is [var view])
        {
            share.Sync(view);
        }
    }

    private async Task<CircuitView[]?> ReadAsync(IReadOnlyList<SharedCircuit> circuits)
    {
        if (await _link.ReadAllAsync(circuits).ConfigureAwait(false) is { } views)
        {
            return views;
        }

        await LookAgainAsync().ConfigureAwait(false);
        return await _link.ReadAllAsync(circuits).ConfigureAwait(false);
    }

    // By itself the library asks its servers once a minute which of them is the primary. One that is away keeps it waiting for seconds; the
    // others have answered long before.
    private async Task LookAgainAsync()
    {
        if (_connection is { } connection)
        {
            _looking = _looking.IsCompleted ? LookAsync(connection) : _looking;
            await Task.WhenAny(_looking, Task.Delay(_options.Timeout, _link.Time)).ConfigureAwait(false);
        }
    }

    private static async Task LookAsync(IConnectionMultiplexer connection)
    {
        try
        {
            await connection.ConfigureAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What is wrong there, the next read says too.
        }
    }

    [MemberNotNull(nameof(_connection))]
    private void Attach(IConnectionMultiplexer connection)
    {
        _connection = connection;
        _link.Connect(connection.GetDatabase());
        connection.GetSubscriber().Subscribe(_link.Keys.Channel, (_, message) => Hear(message), CommandFlags.FireAndForget);
    }

    private void Hear(string? message)
    {
        // What this process did itself, it learns from the reply.
        if (CircuitNews.Parse(message) is { } news && news.Teller != _options.Process)
        {
            Array.Find(Volatile.Read(ref _shares), share => share.Shared.Name == news.Circuit)?.Hear(news.View);
        }
    }

    private ConfigurationOptions Configuration(bool abort)
    {
        var configuration = ConfigurationOptions.Parse(_options.ConnectionString!);
        configuration.AbortOnConnectFail = abort;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ClientName ??= "flexiai";

        // With each beat of the library's heart, a second; its default waits longer with each failure, up to ten seconds.
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        return configuration;
    }

    // Where nobody asked for an exception, the script says that the server is too old, until it is a newer one.
    private void ThrowIfUnfit(IConnectionMultiplexer connection)
    {
        Exception? reason = Array.Find(connection.GetServers(), server => server.IsConnected && server.Version < Oldest) is { } old
            ? new NotSupportedException($"Redis is {old.Version}; allowed: {Oldest} or newer.")
            : connection.IsConnected ? null : new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "Redis is not reached by the given connection.");
        if (reason is not null)
        {
            Dispose();
            throw reason;
        }
    }
}

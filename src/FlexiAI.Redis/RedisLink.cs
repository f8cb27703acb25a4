using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FlexiAI;

/// <summary>The way to Redis: whether it is there, and the one place where it is called. Whatever goes wrong there ends here.</summary>
internal sealed class RedisLink(RedisSharingOptions options, SharingContext context)
{
    private const int Up = 1;
    private const int Down = 2;

    private readonly Lock _turning = new();
    private RedisCircuitStore? _store;
    private int _state;
    private volatile bool _refuses;

    public RedisSharingOptions Options => options;

    public TimeProvider Time => context.Time;

    public CircuitKeys Keys { get; } = new(options.Scope, options.KeyPrefix);

    /// <summary>Whether the last call succeeded; if not, circuits go by themselves until one does.</summary>
    public bool IsUp => Volatile.Read(ref _state) == Up;

    /// <summary>When Redis last answered; null if never.</summary>
    public DateTimeOffset? LastContact { get; private set; }

    public void Connect(IDatabaseAsync database) => Volatile.Write(
        ref _store,
        new RedisCircuitStore(
            database,
            Keys,
            new RedisCircuitStoreOptions { Process = options.Process, TimeToLive = options.TimeToLive, Timeout = options.Timeout },
            context.Time));

    /// <summary>Calls Redis; null if it is known to be away, or fails.</summary>
    public Task<CircuitView?> CallAsync(Func<RedisCircuitStore, Task<CircuitView>> operation) =>
        IsUp ? TryAsync<CircuitView?>(async store => await WriteAsync(store, operation).ConfigureAwait(false)) : Task.FromResult<CircuitView?>(null);

    /// <summary>Reads all circuits, also while Redis is known to be away: that is how its return is seen. Null if it fails.</summary>
    public Task<CircuitView[]?> ReadAllAsync(IReadOnlyList<SharedCircuit> circuits) =>
        TryAsync<CircuitView[]?>(async store =>
        {
            var views = await store.ReadAllAsync(circuits).ConfigureAwait(false);
            if (_refuses)
            {
                await store.TouchAllAsync(circuits).ConfigureAwait(false);
                _refuses = false;
            }

            return views;
        });

    /// <summary>Says in the log that Redis is away, if that is new.</summary>
    public void Lost(Exception reason) => Turn(Down, () => RedisLog.Lost(context.Log, reason.Message.ReplaceLineEndings(" ")));

    /// <summary>Says in the log that another process has other settings.</summary>
    public void Differs(SharedCircuit circuit, CircuitView view) =>
        RedisLog.OtherSettings(context.Log, circuit.Name, view.By, view.OtherSettings, circuit.Settings);

    // Who sees the new state finds the log saying so.
    private void Turn(int state, Action say)
    {
        lock (_turning)
        {
            if (_state != state)
            {
                say();
                Volatile.Write(ref _state, state);
            }
        }
    }

    // A server that is full, or was made a replica, can be read as ever: to be read is no sign of its return.
    private async Task<CircuitView> WriteAsync(RedisCircuitStore store, Func<RedisCircuitStore, Task<CircuitView>> operation)
    {
        try
        {
            return await operation(store).ConfigureAwait(false);
        }
        catch (RedisServerException)
        {
            _refuses = true;
            throw;
        }
    }

    private async Task<T?> TryAsync<T>(Func<RedisCircuitStore, Task<T>> operation)
    {
        if (Volatile.Read(ref _store) is not { } store)
        {
            return default;
        }

        try
        {
            var result = await operation(store).ConfigureAwait(false);
            LastContact = context.Time.GetUtcNow();
            if (!IsUp)
            {
                Turn(Up, () => RedisLog.Found(context.Log, options.Scope, options.Process));
            }

            return result;
        }
        catch (Exception e)
        {
            Lost(e);
            return default;
        }
    }
}

using StackExchange.Redis;

namespace FlexiAI;

/// <summary>
/// The circuits that all processes share, as they lie in Redis: each operation is one script call, atomic and fenced by the epoch. Nothing
/// is retried and nothing waits longer than <see cref="RedisCircuitStoreOptions.Timeout"/>; what the connection throws comes out as it is,
/// and as <see cref="TimeoutException"/> what takes longer, of which nobody knows whether it happened.
/// </summary>
internal sealed partial class RedisCircuitStore(
    IDatabaseAsync database, CircuitKeys keys, RedisCircuitStoreOptions options, TimeProvider? timeProvider = null)
{
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly RedisValue _ttl = SharedCircuit.Milliseconds(options.TimeToLive);
    private readonly RedisValue _channel = keys.Channel.ToString();
    private readonly RedisValue _process = options.Process;

    /// <summary>What the circuit is like; changes nothing, not even how long it is remembered.</summary>
    public Task<CircuitView> ReadAsync(SharedCircuit circuit, CancellationToken cancellationToken = default) =>
        Bounded(RunAsync("read", circuit, 0, []), cancellationToken);

    /// <summary>What all these circuits are like, in their order, in one round trip.</summary>
    public Task<CircuitView[]> ReadAllAsync(IEnumerable<SharedCircuit> circuits, CancellationToken cancellationToken = default) =>
        Bounded(Task.WhenAll(circuits.Select(circuit => RunAsync("read", circuit, 0, []))), cancellationToken);

    /// <summary>As <see cref="ReadAllAsync"/>, and fails if these circuits could not be written now, as on a server that is full or a replica.</summary>
    public Task<CircuitView[]> TouchAllAsync(IEnumerable<SharedCircuit> circuits, CancellationToken cancellationToken = default) =>
        Bounded(Task.WhenAll(circuits.Select(circuit => RunAsync("touch", circuit, 0, []))), cancellationToken);

    private Task<CircuitView> OperateAsync(
        string operation, SharedCircuit circuit, long seen, CancellationToken cancellationToken, params RedisValue[] arguments) =>
        Bounded(RunAsync(operation, circuit, seen, arguments), cancellationToken);

    // In the order of the script's ARGV.
    private Task<CircuitView> RunAsync(string operation, SharedCircuit circuit, long seen, RedisValue[] arguments) =>
        CircuitScript.RunAsync(
            database, circuit.Keys, [operation, seen, circuit.Settings, _ttl, _channel, circuit.Name, _process, .. arguments]);

    private async Task<T> Bounded<T>(Task<T> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.WaitAsync(options.Timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!run.IsCompleted)
        {
            // The call that nobody waits for any more may still fail; that is no unobserved exception.
            _ = run.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private static RedisValue Milliseconds(TimeSpan time) => SharedCircuit.Milliseconds(time);
}

using Microsoft.Extensions.Hosting;

namespace FlexiAI;

/// <summary>
/// Lets running requests finish when the application stops: no new one is let in, and those that still run when the time is up are told,
/// while there is time left to say so to their callers.
/// </summary>
internal sealed class GatewayDrain : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _disposed;
    private int _running;

    public GatewayDrain(IHostApplicationLifetime lifetime, TimeSpan timeout, TimeProvider time)
    {
        _timeout = timeout;
        _time = time;
        Ending = _ending.Token;
        Draining = lifetime.ApplicationStopping;
        _stopping = lifetime.ApplicationStopping.Register(Begin);
    }

    /// <summary>What is cancelled once requests must end: a stream then says that it breaks off, and ends.</summary>
    public CancellationToken Ending { get; }

    /// <summary>What is cancelled once no new request is let in. For what never ends by itself, such as a stream of events.</summary>
    public CancellationToken Draining { get; }

    /// <summary>How many requests are running.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Lets a request in, until what it returns is disposed.</summary>
    /// <returns>Null while the application stops.</returns>
    public IDisposable? Enter() => Draining.IsCancellationRequested ? null : new Stay(this);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }

        _stopping.Dispose();
        _ending.Dispose();
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _timer = _time.CreateTimer(static drain => ((GatewayDrain)drain!).End(), this, _timeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void End()
    {
        try
        {
            _ending.Cancel();
        }
        catch (Exception e) when (e is ObjectDisposedException or AggregateException)
        {
            // The host is gone, or a request failed at being told: the others are told all the same.
        }
    }

    private sealed class Stay : IDisposable
    {
        private GatewayDrain? _drain;

        public Stay(GatewayDrain drain)
        {
            _drain = drain;
            Interlocked.Increment(ref drain._running);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _drain, null) is { } drain)
            {
                Interlocked.Decrement(ref drain._running);
            }
        }
    }
}

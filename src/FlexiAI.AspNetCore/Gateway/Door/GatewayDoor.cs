using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Bounds how many requests to models run at once. Nobody waits: a caller that waits holds its body in memory all the while.</summary>
internal sealed class GatewayDoor(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = options.Value.MaxConcurrentRequests,
        QueueLimit = 0,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>How many requests are allowed.</summary>
    public int Limit { get; } = options.Value.MaxConcurrentRequests;

    /// <returns>A place, until it is disposed; null where there is none.</returns>
    public IDisposable? Enter()
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlexiAI;

/// <summary>A probe's place in the fleet, and the epoch in which it was given.</summary>
internal sealed record ProbeLease(string Name, long Epoch);

/// <summary>The places that this process's probes of one circuit hold.</summary>
internal sealed class ProbeLeases(RedisLink link)
{
    private readonly ConcurrentDictionary<long, (ProbeLease Lease, long RenewedAt)> _held = new();
    private long _last;

    /// <summary>A name that no other probe has.</summary>
    public string Name() => string.Create(CultureInfo.InvariantCulture, $"{link.Options.Process}/{Interlocked.Increment(ref _last)}");

    public void Begin(long probe, ProbeLease lease) => _held[probe] = (lease, link.Time.GetTimestamp());

    public bool TryEnd(long probe, [NotNullWhen(true)] out ProbeLease? lease)
    {
        var found = _held.TryRemove(probe, out var held);
        lease = held.Lease;
        return found;
    }

    /// <summary>Renews those of which a third of the time is over.</summary>
    public void Renew(Action<ProbeLease> renew)
    {
        foreach (var (probe, (lease, renewedAt)) in _held)
        {
            if (link.Time.GetElapsedTime(renewedAt) > link.Options.LeaseTime / 3)
            {
                _held.TryUpdate(probe, (lease, link.Time.GetTimestamp()), (lease, renewedAt));
                renew(lease);
            }
        }
    }
}

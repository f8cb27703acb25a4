using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlexiAI;

/// <summary>A probe's place in the fleet, and the epoch in which it was given.</summary>
internal sealed record ProbeLease(string Name, long Epoch);

/// <summary>The places that this process's probes of one circuit hold.</summary>
internal sealed class ProbeLeases(RedisLink link)
{
    private readonly ConcurrentDictionary<long, Held> _held = new();
    private long _last;

    /// <summary>A name that no other probe has.</summary>
    public string Name() => string.Create(CultureInfo.InvariantCulture, $"{link.Options.Process}/{Interlocked.Increment(ref _last)}");

    /// <summary>A probe is out.</summary>
    /// <param name="probe">Its number in this process.</param>
    /// <param name="lease">Its place.</param>
    /// <param name="probeTimeout">How long it may be out: after that it is lost here, and its place is not kept any longer.</param>
    public void Begin(long probe, ProbeLease lease, TimeSpan probeTimeout)
    {
        var now = link.Time.GetTimestamp();
        _held[probe] = new Held(lease, probeTimeout, now, now);
    }

    public bool TryEnd(long probe, [NotNullWhen(true)] out ProbeLease? lease)
    {
        var found = _held.TryRemove(probe, out var held);
        lease = held?.Lease;
        return found;
    }

    /// <summary>Ends all of them.</summary>
    public void EndAll(Action<ProbeLease> end)
    {
        foreach (var probe in _held.Keys)
        {
            if (TryEnd(probe, out var lease))
            {
                end(lease);
            }
        }
    }

    /// <summary>Renews those of which a third of the time is over, for no longer than their probes may be out.</summary>
    public void Renew(Action<ProbeLease, TimeSpan> renew)
    {
        foreach (var (probe, held) in _held)
        {
            var left = held.ProbeTimeout - link.Time.GetElapsedTime(held.Since);
            if (left <= TimeSpan.Zero)
            {
                _held.TryRemove(probe, out _);
            }
            else if (link.Time.GetElapsedTime(held.RenewedAt) > link.Options.LeaseTime / 3)
            {
                _held.TryUpdate(probe, held with { RenewedAt = link.Time.GetTimestamp() }, held);
                renew(held.Lease, left < link.Options.LeaseTime ? left : link.Options.LeaseTime);
            }
        }
    }

    private sealed record Held(ProbeLease Lease, TimeSpan ProbeTimeout, long Since, long RenewedAt);
}

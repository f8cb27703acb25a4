using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlexiAI;

/// <summary>A probe's place in the fleet, and the epoch in which it was given; 0 if Redis was asked for it and nobody heard the answer.</summary>
internal sealed record ProbeLease(string Name, long Epoch);

/// <summary>The places that this process's probes of one circuit hold.</summary>
internal sealed class ProbeLeases(RedisLink link)
{
    private readonly ConcurrentDictionary<long, Held> _held = new();
    private long _last;

    /// <summary>A name that no other probe has.</summary>
    public string Name() => string.Create(CultureInfo.InvariantCulture, $"{link.Options.Process}/{Interlocked.Increment(ref _last)}");

    /// <param name="probe">The probe.</param>
    /// <param name="lease">Its place.</param>
    /// <param name="longest">How long it may be out; a place that nobody gives back is not kept for longer.</param>
    public void Begin(long probe, ProbeLease lease, TimeSpan longest) => _held[probe] = new(lease, link.Time.GetTimestamp(), link.Time.GetTimestamp(), longest);

    public bool TryEnd(long probe, [NotNullWhen(true)] out ProbeLease? lease)
    {
        var found = _held.TryRemove(probe, out var held);
        lease = held.Lease;
        return found;
    }

    /// <summary>Renews those of which a third of the time is over.</summary>
    public void Renew(Action<ProbeLease> renew)
    {
        foreach (var (probe, held) in _held)
        {
            if (link.Time.GetElapsedTime(held.Since) > held.Longest)
            {
                _held.TryRemove(probe, out _);
            }
            else if (link.Time.GetElapsedTime(held.RenewedAt) > link.Options.LeaseTime / 3)
            {
                _held.TryUpdate(probe, held with { RenewedAt = link.Time.GetTimestamp() }, held);
                renew(held.Lease);
            }
        }
    }

    private readonly record struct Held(ProbeLease Lease, long Since, long RenewedAt, TimeSpan Longest);
}

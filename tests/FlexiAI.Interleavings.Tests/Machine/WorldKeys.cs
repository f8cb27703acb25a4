using System.Globalization;
using System.Runtime.InteropServices;

namespace FlexiAI.Tests;

/// <summary>
/// Tells worlds apart: two with the same key have the same futures, and are told the same by every check. It holds all that matters of the
/// world: of a snapshot that somebody has read its contents, and whether it is the very one that is current, or that another has read; of a
/// probe, which is a number that is only ever compared, who knows it.
/// </summary>
internal sealed class WorldKeys
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<CircuitSnapshot, int> _contents = new(ReferenceEqualityComparer.Instance);
    private readonly List<CircuitSnapshot> _met = [];
    private readonly List<long> _probes = [];
    private readonly List<int> _key = [];

    public string Of(World world)
    {
        _key.Clear();
        _met.Clear();
        _probes.Clear();
        Add(world.Current);
        Add(world.Now);
        Array.ForEach(world.Counters, Add);
        _key.Add(Number(string.Join(',', world.Eras)));
        _key.Add(Number(string.Join(',', world.Published.Select(transition => transition.Era).Order())));
        foreach (var permit in world.Shared)
        {
            Add(world, permit);
        }

        foreach (var actor in world.Actors)
        {
            _key.Add(actor.Done);
            _key.Add(Number(actor.Said));
            Add(world, actor.Own);
            _key.Add(actor.Log.Count);
            actor.Log.ForEach(Add);
        }

        foreach (var (permit, expiresAt) in world.InHand)
        {
            Add(world, permit);
            Add(expiresAt);
        }

        return new string(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(_key)));
    }

    /// <summary>What everyone sees in the end. The ids of probes, which are given out also in vain, are nobody's business.</summary>
    public static string Outcome(World world)
    {
        var s = world.Current;
        var said = string.Join(" / ", world.Actors.Select(actor => actor.Said));
        var probes = string.Join(',', s.Probes.Select(probe => probe.ExpiresAt).Order());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{said} => {s.State} era {s.Era}, {s.Failures} failures, deadline {s.Deadline}, not before {s.NotBefore}, {s.Opens} opens, probes [{probes}], {s.ProbeSuccesses} succeeded, {s.ProbesExpired} lost, {s.Streams.Length} streams, counters {string.Join(',', world.Counters)}");
    }

    private void Add(long value)
    {
        _key.Add((int)value);
        _key.Add((int)(value >> 32));
    }

    private void Add(object told)
    {
        if (told is CircuitSnapshot snapshot)
        {
            Add(snapshot);
        }
        else if (told is ProbeId probe)
        {
            _key.Add(Probe(probe.Value));
        }
        else
        {
            Add((long)told);
        }
    }

    private void Add(World world, CircuitPermit permit)
    {
        Add(permit.Era);
        _key.Add(permit.IsProbe ? Probe(permit.Probe) : -1);
        _key.Add((permit.IsStream ? 1 : 0) + (world.Settled.Contains(permit.Probe) ? 2 : 0));
    }

    private void Add(CircuitSnapshot s)
    {
        var met = _met.FindIndex(other => ReferenceEquals(other, s));
        _key.Add(met);
        if (met < 0)
        {
            _met.Add(s);
            ref var contents = ref CollectionsMarshal.GetValueRefOrAddDefault(_contents, s, out var known);
            contents = known ? contents : Number(Text(s));
            _key.Add(contents);
            Array.ForEach(s.Probes, probe => _key.Add(Probe(probe.Id)));
            Array.ForEach(s.Streams, stream => _key.Add(Probe(stream)));
        }
    }

    // Renamed in the order in which they are met.
    private int Probe(long id)
    {
        var met = _probes.IndexOf(id);
        if (met < 0)
        {
            met = _probes.Count;
            _probes.Add(id);
        }

        return met;
    }

    private int Number(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var known);
        return known ? number : number = _numbers.Count;
    }

    private static string Text(CircuitSnapshot s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s with { Probes = [], Streams = [] }} {string.Join(',', s.Probes.Select(probe => probe.ExpiresAt))} {s.Streams.Length}");
}

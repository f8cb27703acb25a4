namespace FlexiAI.Cli;

/// <summary>
/// Random numbers from a seed (SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same on
/// every machine and runtime.
/// </summary>
internal struct Draws(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A generator of its own for one purpose, so that what is drawn for one thing never moves what is drawn for another.</summary>
    public static Draws For(long seed, params ReadOnlySpan<long> purpose)
    {
        var state = Mix((ulong)seed);
        foreach (var part in purpose)
        {
            state = Mix(state ^ (unchecked((ulong)part + 1) * Step));
        }

        return new Draws(state);
    }

    /// <summary>The next number, from 0 to just under 1.</summary>
    public double Next() => (Mix(_state = unchecked(_state + Step)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

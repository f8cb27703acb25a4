using FlexiAI.Tests;

namespace FlexiAI;

/// <summary>What the breaker's sources find under this name here: each operation is one step on the world's memory, taken when its actor's turn comes.</summary>
internal static class Interlocked
{
    public static T CompareExchange<T>(ref T location, T value, T comparand)
        where T : class
    {
        _ = location;
        return Actor.Step(world =>
        {
            var was = world.Current;
            if (ReferenceEquals(was, comparand))
            {
                world.Replace((CircuitSnapshot)(object)value);
            }

            return (T)(object)was;
        });
    }

    public static long Increment(ref long location)
    {
        _ = location;
        return Actor.Step(static world => new ProbeId(++world.LastProbe)).Value;
    }
}

/// <summary>The number of a probe, which says nothing but which probe it is.</summary>
internal sealed record ProbeId(long Value);

/// <inheritdoc cref="Interlocked"/>
internal static class Volatile
{
    public static T Read<T>(ref T location)
        where T : class
    {
        _ = location;
        return Actor.Step(static world => (T)(object)world.Current);
    }
}

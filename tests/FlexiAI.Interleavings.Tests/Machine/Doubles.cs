using FlexiAI.Tests;

namespace FlexiAI;

/// <summary>
/// The breaker's counters in the world's memory. To read a sum, or raise one that is read, is a step; to raise one that no operation reads
/// comes to the same before or after any other step, and so goes with the step before it.
/// </summary>
#pragma warning disable CA1822 // The face of what they stand in for.
internal sealed class StripedCounters
{
    public StripedCounters(int counters) => _ = counters;

    private const int Successes = 0;

    public void Add(int counter, long value = 1)
    {
        if (counter == Successes)
        {
            Actor.Step(world => world.Counters[counter] += value);
        }
        else
        {
            Actor.Along(world => world.Counters[counter] += value);
        }
    }

    public long Sum(int counter) => Actor.Step(world => world.Counters[counter]);
}

/// <summary>Remembers which transitions were handed in; it has tests of its own for the order, and so this goes with the step before it.</summary>
internal sealed class CircuitTransitionQueue
{
    public CircuitTransitionQueue(Action<CircuitTransition> publish) => _ = publish;

    public void Publish(CircuitTransition transition) => Actor.Along(world => world.Published.Add(transition));
}

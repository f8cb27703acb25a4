using System.Diagnostics;
using System.Reflection;

namespace FlexiAI.Tests.Performance;

/// <summary>Bytes that the current thread allocates; other tests run on other threads.</summary>
internal static class Bytes
{
    /// <summary>Without optimisation every asynchronous method allocates, also where it ends at once: there is nothing to measure.</summary>
    public static void SkipUnlessOptimized() => Assert.SkipWhen(
        typeof(FlexiClient).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }, "The engine is built without optimisation.");

    /// <summary>The least of several rounds, the first of which fill pools and caches.</summary>
    public static long Of(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    public static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}

using System.Diagnostics;

namespace FlexiAI.Soak;

/// <summary>What the process holds when nothing is under way.</summary>
/// <param name="Bytes">Live bytes of the managed heap.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads that are not the pool's, which come and go with the load.</param>
internal sealed record Footprint(long Bytes, int Handles, int Threads)
{
    private const long MoreBytes = 3 * 512 * 1024;
    private const int MoreHandles = 16;
    private const int MoreThreads = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Measures until nothing has grown, or patience ends: timers and idle connections take a while to go.</summary>
    public static async Task<Footprint> MeasureAsync(Footprint? before = null)
    {
        var watch = Stopwatch.StartNew();
        Footprint now;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            now = Measure();
        }
        while (before is not null && watch.Elapsed < Patience && now.GrownFrom(before).Any());
        return now;
    }

    public IEnumerable<string> GrownFrom(Footprint before)
    {
        if (Bytes - before.Bytes > MoreBytes)
        {
            yield return $"memory grew from {before.Bytes:N0} to {Bytes:N0} bytes";
        }

        if (Handles - before.Handles > MoreHandles)
        {
            yield return $"handles grew from {before.Handles} to {Handles}";
        }

        if (Threads - before.Threads > MoreThreads)
        {
            yield return $"threads grew from {before.Threads} to {Threads}";
        }
    }

    private static Footprint Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new(GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count - ThreadPool.ThreadCount);
    }
}

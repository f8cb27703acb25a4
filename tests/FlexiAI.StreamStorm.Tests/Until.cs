using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>Looks until something is so; it never waits for a time to pass, and gives up if it does not come.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task EqualAsync<T>(T expected, Func<T> actual, string what)
    {
        for (var watch = Stopwatch.StartNew(); !Equals(expected, actual());)
        {
            if (watch.Elapsed > Limit)
            {
                Assert.Fail($"{what}: expected {expected}, got {actual()}");
            }

            await Task.Yield();
        }
    }

    /// <summary>Waits until a task has ended.</summary>
    public static async Task EndsAsync(Task task, Func<string> otherwise, CancellationToken test)
    {
        await task.WaitAsync(Limit, test).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        test.ThrowIfCancellationRequested();
        if (!task.IsCompleted)
        {
            Assert.Fail(otherwise());
        }

        await task;
    }

    /// <summary>Looks until something is so, and lets the collector work before each look.</summary>
    public static Task CollectedAsync<T>(T expected, Func<T> actual, string what) => EqualAsync(
        expected,
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return actual();
        },
        what);
}

using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>Waits for what must come to pass, however slow the machine is.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var begin = Stopwatch.StartNew(); !await condition();)
        {
            Assert.True(begin.Elapsed < Limit, $"It did not come to pass: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The task's result, unless it takes too long.</summary>
    public static Task<T> DoneAsync<T>(Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public static Task DoneAsync(Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);
}

namespace FlexiAI;

/// <summary>Waits for work no longer than a token allows, also where the work ignores the token: it then ends by itself, unobserved.</summary>
internal static class Abandon
{
    public static ValueTask<Outcome<T>> WaitAsync<T>(Task<T> work, CancellationToken token) =>
        work.IsCompleted ? new(Read(work)) : WaitForAsync(work, token);

    /// <summary>Lets work that nobody waits for any more end, and then disposes what it worked on.</summary>
    public static async Task IgnoreAsync(Task work, IAsyncDisposable? resource = null)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (resource is not null)
            {
                await resource.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // An enumerator that fails to close has nobody left to tell.
        }
    }

    private static async ValueTask<Outcome<T>> WaitForAsync<T>(Task<T> work, CancellationToken token)
    {
        await ((Task)work.WaitAsync(token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompleted)
        {
            return Read(work);
        }

        _ = IgnoreAsync(work);
        return new OperationCanceledException(token);
    }

    private static Outcome<T> Read<T>(Task<T> work) =>
        work.IsCompletedSuccessfully ? work.GetAwaiter().GetResult()
        : work.Exception?.InnerException ?? new TaskCanceledException(work);
}

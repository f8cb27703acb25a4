namespace FlexiAI;

/// <summary>Waits for work no longer than a token allows, also where the work ignores the token: it then ends by itself, unobserved.</summary>
internal static class Abandon
{
    public static async ValueTask<T> WaitAsync<T>(Task<T> work, CancellationToken token)
    {
        if (work.IsCompleted)
        {
            return await work.ConfigureAwait(false);
        }

        try
        {
            return await work.WaitAsync(token).ConfigureAwait(false);
        }
        finally
        {
            if (!work.IsCompletedSuccessfully)
            {
                _ = IgnoreAsync(work);
            }
        }
    }

    /// <summary>Lets work that nobody waits for any more end, and then disposes what it worked on.</summary>
    public static async Task IgnoreAsync(Task work, IAsyncDisposable? resource = null)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Its failure was decided when it was abandoned.
        }

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
}

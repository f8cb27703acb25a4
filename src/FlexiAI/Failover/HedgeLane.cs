namespace FlexiAI;

/// <summary>One of two calls that a request has under way.</summary>
internal sealed class HedgeLane<TResult>(Task<Answer<TResult>?> asked, CancellationTokenSource lane)
{
    public Task<Answer<TResult>?> Asked => asked;

    /// <summary>The answer of whichever call has one first, or null if neither has. The other is cancelled, and has ended when this does.</summary>
    public async Task<Answer<TResult>?> RaceAsync(HedgeLane<TResult> second)
    {
        var (winner, loser) = await Task.WhenAny(asked, second.Asked).ConfigureAwait(false) == asked ? (this, second) : (second, this);
        Answer<TResult>? answer;
        try
        {
            answer = await winner.Asked.ConfigureAwait(false);
        }
        catch (Exception)
        {
            await loser.GiveUpAsync().ConfigureAwait(false);
            throw;
        }

        if (answer is null)
        {
            return await loser.Asked.ConfigureAwait(false);
        }

        await loser.GiveUpAsync().ConfigureAwait(false);
        return answer;
    }

    private async Task GiveUpAsync()
    {
        await lane.CancelAsync().ConfigureAwait(false);
        try
        {
            if (await asked.ConfigureAwait(false) is { } late)
            {
                late.Discard();
                (late.Result as IDisposable)?.Dispose();
            }
        }
        catch (Exception)
        {
            // How the other call ends is in the attempts; it does not change the outcome any more.
        }
    }
}

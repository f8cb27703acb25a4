namespace FlexiAI;

/// <summary>When a request asks a second provider while the first is still to answer.</summary>
internal sealed class Hedging(TimeSpan after, HedgeBudget budget, TimeProvider time)
{
    public HedgeBudget Budget => budget;

    /// <summary>Waits for a call, and says whether it took too long.</summary>
    public async ValueTask<bool> IsSlowAsync(Task asked, RequestRun run)
    {
        await asked.WaitAsync(after, time, run.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !asked.IsCompleted && !run.Token.IsCancellationRequested;
    }
}

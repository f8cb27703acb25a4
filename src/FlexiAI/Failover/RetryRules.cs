namespace FlexiAI;

/// <summary>Whether, and after what wait, a failed attempt is repeated on the same provider.</summary>
internal sealed class RetryRules(FailoverSettings settings)
{
    /// <summary>The wait before the next try, or null for none.</summary>
    /// <param name="failure">What the last try ended in.</param>
    /// <param name="tries">Tries so far at this provider.</param>
    /// <param name="maxRetries">The entry's limit.</param>
    public TimeSpan? WaitBeforeRetry(FailureReport failure, int tries, int maxRetries)
    {
        var rule = FailureTable.Retry(failure.Kind);
        if (tries > maxRetries || failure.RetryAfter > settings.MaxRetryAfterWait)
        {
            return null;
        }

        return rule switch
        {
            RetryRule.Yes => Later(Backoff(tries), failure.RetryAfter ?? TimeSpan.Zero),
            RetryRule.OnceAfterRetryAfter when tries == 1 => failure.RetryAfter,
            _ => null,
        };
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // Full jitter: random from zero, so that clients that failed together do not return together.
    private TimeSpan Backoff(int tries) => settings.RetryDelay * Math.Pow(2, tries - 1) * settings.Random();
}

namespace FlexiAI;

/// <summary>
/// Keeps hedges to a share of the requests: each request earns that share of a hedge, up to ten are kept, and the first is a gift.
/// </summary>
internal sealed class HedgeBudget(double share)
{
    private const long Hedge = 1_000_000;
    private const long Most = 10 * Hedge;

    // Rounded up: twenty requests at 5 % are worth a whole hedge.
    private readonly long _earned = (long)Math.Ceiling(share * Hedge);
    private long _kept = Hedge;

    /// <summary>A request has begun.</summary>
    public void Earn() => Change(+_earned);

    /// <summary>Takes one hedge out, if there is one.</summary>
    public bool TrySpend() => Change(-Hedge);

    /// <summary>Puts a hedge back that came to nothing.</summary>
    public void Return() => Change(+Hedge);

    private bool Change(long amount)
    {
        while (true)
        {
            var kept = Volatile.Read(ref _kept);
            var next = Math.Min(kept + amount, Most);
            if (next < 0)
            {
                return false;
            }

            if (next == kept || Interlocked.CompareExchange(ref _kept, next, kept) == kept)
            {
                return true;
            }
        }
    }
}

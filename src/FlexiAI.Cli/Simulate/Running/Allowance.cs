namespace FlexiAI.Cli;

/// <summary>Requests per second that a rate limit lets through, of which one second's worth, at least one, may be saved up.</summary>
internal sealed class Allowance(double perSecond)
{
    private readonly double _most = Math.Max(1, perSecond);
    private double _left = Math.Max(1, perSecond);
    private TimeSpan _at;

    public bool TryTake(TimeSpan now)
    {
        _left = Math.Min(_most, _left + ((now - _at).TotalSeconds * perSecond));
        _at = now;
        if (perSecond == 0 || _left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}

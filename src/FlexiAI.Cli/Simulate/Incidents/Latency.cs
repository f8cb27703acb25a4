namespace FlexiAI.Cli;

/// <summary>How long answers take: a lognormal distribution by its median and its 99th percentile; always the same if the two are equal.</summary>
internal sealed record Latency(TimeSpan P50, TimeSpan P99)
{
    // The 99th percentile of the standard normal distribution.
    private const double Z99 = 2.3263478740408408;

    // Waits have whole milliseconds; of none the provider would answer before it was asked.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static Latency Default { get; } = new(TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(6));

    public TimeSpan Draw(ref Draws draws)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - draws.Next())) * Math.Cos(2 * Math.PI * draws.Next());
        var sigma = Math.Log(P99 / P50) / Z99;
        var time = TimeSpan.FromMilliseconds(Math.Round((P50 * Math.Exp(sigma * normal)).TotalMilliseconds));
        return time > Shortest ? time : Shortest;
    }
}

namespace FlexiAI.GatewayBench;

/// <summary>How long and how often everything is measured.</summary>
/// <param name="Rounds">How often each row is measured; the subjects take turns within a round.</param>
/// <param name="Seconds">How long one measurement takes.</param>
/// <param name="WarmUp">How long a process is kept busy before the first one counts.</param>
/// <param name="WarmUpRequests">How many requests it has to have served by then; on a busy machine it is kept busy for longer.</param>
internal sealed record Plan(int Rounds, int Seconds, int WarmUp, int WarmUpRequests)
{
    public static Plan Full { get; } = new(Rounds: 5, Seconds: 2, WarmUp: 4, WarmUpRequests: 10_000);

    /// <summary>To see that everything runs. Its figures say little.</summary>
    public static Plan Quick { get; } = new(Rounds: 1, Seconds: 1, WarmUp: 2, WarmUpRequests: 0);
}

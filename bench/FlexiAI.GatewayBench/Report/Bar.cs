namespace FlexiAI.GatewayBench;

/// <summary>A bar of the design, and what was measured against it.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Against">The peer.</param>
/// <param name="Ours">The gateway's figure, as text.</param>
/// <param name="Theirs">The peer's figure, as text.</param>
/// <param name="Value">What is compared with the limit.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">Its unit; × for a ratio.</param>
/// <param name="AtLeast">Whether the limit is the least that is allowed, not the most.</param>
internal sealed record Bar(string What, string Against, string Ours, string Theirs, double Value, double Limit, string Unit = "×", bool AtLeast = false)
{
    public bool Met => AtLeast ? Value >= Limit : Value <= Limit;
}

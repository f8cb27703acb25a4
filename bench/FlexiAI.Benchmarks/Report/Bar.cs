namespace FlexiAI.Benchmarks;

/// <summary>A bar of the design, and what was measured against it.</summary>
/// <param name="What">The scenario.</param>
/// <param name="Against">The peer.</param>
/// <param name="Ours">Our figure, as text.</param>
/// <param name="Theirs">The peer's figure, as text.</param>
/// <param name="Value">What is compared with the limit.</param>
/// <param name="Unit">Its unit: ×, ns or B.</param>
/// <param name="Limit">The limit.</param>
/// <param name="AtLeast">Whether the limit is the least that is allowed, not the most.</param>
internal sealed record Bar(string What, string Against, string Ours, string Theirs, double Value, string Unit, double Limit, bool AtLeast = false)
{
    public bool Met => AtLeast ? Value >= Limit : Value <= Limit;

    /// <summary>Why it is missed where it is; null if nothing is known.</summary>
    public string? Cause { get; init; }
}

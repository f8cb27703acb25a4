namespace FlexiAI.Cli;

/// <summary>What a provider does with one attempt.</summary>
/// <param name="After">How long it takes; null for ever.</param>
/// <param name="Failure">The failure it ends in; null for an answer.</param>
/// <param name="IsWhole">Whether the answer has an end.</param>
internal readonly record struct Reply(TimeSpan? After, ProviderException? Failure = null, bool IsWhole = true)
{
    /// <summary>Whether an answer is being made, which costs its tokens whatever becomes of it.</summary>
    public bool IsPaid => After is not null && Failure is null;
}

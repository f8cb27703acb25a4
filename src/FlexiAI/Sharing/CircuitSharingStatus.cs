namespace FlexiAI;

/// <summary>How a circuit is shared with other processes at one moment.</summary>
/// <param name="Connected">Whether the others are reached; if not, the circuit goes by itself.</param>
/// <param name="Epoch">The number of the shared state that this process knows; it rises with every change. 0 while none is known.</param>
/// <param name="LastContact">When the others were last heard of, by the wall clock; null if never.</param>
/// <param name="ChangedBy">The process that caused the present state, if known.</param>
/// <param name="Cause">Why it did, if known.</param>
public sealed record CircuitSharingStatus(bool Connected, long Epoch, DateTimeOffset? LastContact, string? ChangedBy, string? Cause);

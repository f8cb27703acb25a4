using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>All that is known when a scene is over.</summary>
/// <param name="Replies">What the caller saw, request by request.</param>
/// <param name="AtPrimary">The attempts that reached the primary.</param>
/// <param name="AtBackup">The attempts that reached the backup.</param>
/// <param name="Aftermath">How the client is afterwards.</param>
internal sealed record Evidence(
    IReadOnlyList<Reply> Replies, IReadOnlyList<Arrival> AtPrimary, IReadOnlyList<Arrival> AtBackup, Aftermath Aftermath);

/// <summary>A request that reached a provider.</summary>
/// <param name="At">When, since the beginning of the scene.</param>
/// <param name="Prefill">The text of the assistant's message that the conversation ended with; null if it ended with the user's.</param>
internal sealed record Arrival(TimeSpan At, string? Prefill = null)
{
    public static Arrival Of(SimulatedRequest request, WallClock clock) => new(
        clock.At(request.Timestamp),
        request.Messages is [.., { Role: "assistant" or "model" } last] ? last.Text : null);
}

/// <summary>How the client is when the fault is gone.</summary>
/// <param name="AtOnce">The answer to a request at once.</param>
/// <param name="Later">The answer to one when every recovery time is over.</param>
/// <param name="Circuits">The states of the circuits then.</param>
internal sealed record Aftermath(Reply AtOnce, Reply Later, IReadOnlyList<CircuitState> Circuits);

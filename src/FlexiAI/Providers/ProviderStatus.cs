namespace FlexiAI;

/// <summary>What a provider entry was like at one moment. Holds no secret.</summary>
public sealed record ProviderStatus
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>The entry's type, such as <c>openai</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The model it is asked for; null if it leaves that to its client.</summary>
    public required string? Model { get; init; }

    /// <summary>The configured priority.</summary>
    public required int Priority { get; init; }

    /// <summary>Whether its circuit is closed and it has not asked to be left alone.</summary>
    public required bool Healthy { get; init; }

    /// <summary>Its circuit.</summary>
    public required CircuitStatus CircuitBreaker { get; init; }

    /// <summary>How the circuit is shared with other processes; null where it is this process's alone.</summary>
    public CircuitSharingStatus? Sharing { get; init; }
}

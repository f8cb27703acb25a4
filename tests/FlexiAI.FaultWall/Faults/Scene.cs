using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>One way in which a fault is played, on a client and providers of its own.</summary>
internal sealed record Scene
{
    /// <summary>What is particular about it, in a word or two.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the requests are streamed.</summary>
    public bool IsStreamed { get; init; } = true;

    public StreamRecovery Recovery { get; init; } = StreamRecovery.Continue;

    /// <summary>The primary's limit for the first token; null for none.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Whether the backup's entry is said to go on from a trailing assistant message; null for the type's default.</summary>
    public bool? BackupAcceptsPrefill { get; init; }

    /// <summary>What the backup does with such a message.</summary>
    public SimulatedPrefill BackupPrefill { get; init; }

    public string BackupAnswer { get; init; } = Answers.Whole;

    /// <summary>Makes the primary fail.</summary>
    public required Action<FaultScript> Break { get; init; }

    /// <summary>Moves the clock while the request is under way; the token ends with the request.</summary>
    public Func<Stand, CancellationToken, Task>? Meanwhile { get; init; }

    /// <summary>Makes the requests. Default: one.</summary>
    public Func<Stand, Task> Play { get; init; } = stand => stand.AskAsync();

    public required IReadOnlyList<Demand> Demands { get; init; }
}

namespace FlexiAI.Testing;

/// <summary>How an answer is played: how fast, and where it breaks.</summary>
internal sealed record PlayPlan
{
    public static readonly PlayPlan Faithful = new();

    public TimeSpan FirstTokenDelay { get; init; }

    public TimeSpan TokenDelay { get; init; }

    public Breakage Break { get; init; }

    /// <summary>Tokens sent before the break. At or beyond the end of the answer, it breaks before the finish reason.</summary>
    public int BreakAt { get; init; }

    public bool OmitDone { get; init; }

    public bool OmitContent { get; init; }

    public bool OmitEverything { get; init; }

    public string? ContentType { get; init; }

    public bool SpoilsTheReply => Break != Breakage.None || OmitContent || OmitEverything || ContentType is not null;
}

internal enum Breakage
{
    None,
    Reset,
    CleanEnd,
    Stall,
    BrokenChunk,
    ErrorEvent,
    Truncation,
}

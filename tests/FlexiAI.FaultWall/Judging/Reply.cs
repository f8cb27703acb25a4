using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>What the caller saw of one request.</summary>
internal sealed record Reply
{
    /// <summary>All text received, also before an error.</summary>
    public string Text { get; init; } = "";

    public ChatFinishReason? Finish { get; init; }

    /// <summary>How it failed; null if it ended as an answer does.</summary>
    public ReplyError? Error { get; init; }

    /// <summary>Whether it ended in no way within the limit of the wall.</summary>
    public bool Hung { get; init; }

    /// <summary>The entry that answered.</summary>
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>When it was made, since the beginning of the scene.</summary>
    public TimeSpan Asked { get; init; }

    /// <summary>When it ended.</summary>
    public TimeSpan Ended { get; init; }

    public static Reply Of(ChatResponse response) => new()
    {
        Text = response.Text,
        Finish = response.FinishReason,
        Provider = response.Provider,
        Model = response.ModelId,
        InputTokens = response.Usage?.InputTokenCount,
        OutputTokens = response.Usage?.OutputTokenCount,
    };
}

using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>What the caller saw of one request.</summary>
internal sealed record Reply
{
    /// <summary>All text received, also before an error: of a stream, its updates one after the other.</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// The same text, come to by another way: the response into which <see cref="ChatResponseExtensions"/> makes the updates, and through the gateway
    /// the bytes beside what an SDK makes of them.
    /// </summary>
    public string? Joined { get; init; }

    public ChatFinishReason? Finish { get; init; }

    /// <summary>How it failed; null if it ended as an answer does.</summary>
    public ReplyError? Error { get; init; }

    /// <summary>What is wrong with it as a reply of the gateway's; null if nothing is.</summary>
    public string? Flaw { get; init; }

    /// <summary>Whether it ended in no way within the limit of the wall.</summary>
    public bool Hung { get; init; }

    /// <summary>The entry that answered.</summary>
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>The entries that were asked, in order, as the response or the exception lists them, or the gateway does for an answer of its.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];

    /// <summary>The id by which the gateway remembers it.</summary>
    public string? RequestId { get; init; }

    /// <summary>How many attempts the gateway's headers tell of.</summary>
    public int? Counted { get; init; }

    /// <summary>When it was made, since the beginning of the scene.</summary>
    public TimeSpan Asked { get; init; }

    /// <summary>When it ended.</summary>
    public TimeSpan Ended { get; init; }

    public static Reply Of(ChatResponse response) => new()
    {
        Text = response.Text,
        Joined = response.Text,
        Finish = response.FinishReason,
        Provider = response.Provider,
        Model = response.ModelId,
        InputTokens = response.Usage?.InputTokenCount,
        OutputTokens = response.Usage?.OutputTokenCount,
        Asks = AsksOf(response.Attempts),
    };

    public static Reply Of(Exception exception) => new()
    {
        Error = ReplyError.Of(exception),
        Asks = AsksOf((exception as StreamInterruptedException)?.Attempts ?? (exception as AllProvidersFailedException)?.Attempts ?? []),
    };

    private static List<string> AsksOf(IReadOnlyList<Attempt> attempts) =>
        [.. attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Skipped).Select(attempt => attempt.Provider)];
}

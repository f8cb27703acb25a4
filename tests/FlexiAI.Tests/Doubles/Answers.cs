using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What fakes answer.</summary>
internal static class Answers
{
    public static ChatResponse Text(string text, long? input = 3, long? output = 5) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = input is null && output is null ? null : new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    public static ChatResponseUpdate Role() => new() { Role = ChatRole.Assistant };

    public static ChatResponseUpdate Piece(string text) => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate Usage(long? input, long? output) =>
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output })]);

    public static ChatResponseUpdate Finish(ChatFinishReason? reason = null) => new() { FinishReason = reason ?? ChatFinishReason.Stop };

    /// <summary>A failure of this kind, as a client that knows kinds throws it.</summary>
    public static ProviderException Failure(FailureKind kind, TimeSpan? retryAfter = null, int? status = null) =>
        ProviderException.Create(kind, new ProviderFailure("inner", $"The provider said {kind}.", status, retryAfter, Cause: null));
}

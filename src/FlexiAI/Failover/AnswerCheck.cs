using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Tells an answer from a success status with nothing in it.</summary>
internal static class AnswerCheck
{
    // What the clients of Microsoft.Extensions.AI make of a model's refusal.
    private const string Refusal = "Refusal";

    /// <summary>Whether this reaches a person or a program as output: text, reasoning, a tool call, an image; not usage, no error, and nothing empty.</summary>
    public static bool IsContent(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent reasoning => reasoning.Text.Length > 0,
        UsageContent or ErrorContent => false,
        _ => true,
    };

    // By index, here and where streams are read: enumerating an interface allocates.
    public static void ThrowUnlessAnswer(ChatResponse response, bool requiresFinishReason)
    {
        ErrorContent? error = null;
        for (var m = 0; m < response.Messages.Count; m++)
        {
            var contents = response.Messages[m].Contents;
            for (var c = 0; c < contents.Count; c++)
            {
                var content = contents[c];
                error ??= content as ErrorContent;
                if (IsContent(content))
                {
                    ThrowIfUnfinished(response.FinishReason, requiresFinishReason);
                    return;
                }
            }
        }

        ThrowIfEmpty(response.FinishReason, error);
    }

    public static void ThrowIfUnfinished(ChatFinishReason? finish, bool requiresFinishReason)
    {
        if (finish is null && requiresFinishReason)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The answer ended without a finish reason: it may be cut off.");
        }
    }

    /// <summary>An answer without content is one only if the caller's own token limit cut it short.</summary>
    public static void ThrowIfEmpty(ChatFinishReason? finish, ErrorContent? error)
    {
        if (finish == ChatFinishReason.ContentFilter || string.Equals(error?.ErrorCode, Refusal, StringComparison.OrdinalIgnoreCase))
        {
            throw new AnswerException(FailureKind.ContentFiltered, Words(error) ?? "The content policy refused the answer.");
        }

        if (error is not null)
        {
            throw new AnswerException(FailureKind.InvalidResponse, Words(error) ?? "The reply is an error.");
        }

        if (finish != ChatFinishReason.Length)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply has no content.");
        }
    }

    private static string? Words(ErrorContent? error) => string.IsNullOrWhiteSpace(error?.Message) ? null : error.Message;
}

using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Tells an answer from a success status with nothing in it.</summary>
internal static class AnswerCheck
{
    /// <summary>Whether this reaches a person or a program as output: text, reasoning, a tool call, an image; not usage, and nothing empty.</summary>
    public static bool IsContent(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent reasoning => reasoning.Text.Length > 0,
        UsageContent => false,
        _ => true,
    };

    public static void ThrowUnlessAnswer(ChatResponse response, bool requiresFinishReason)
    {
        foreach (var message in response.Messages)
        {
            foreach (var content in message.Contents)
            {
                if (IsContent(content))
                {
                    ThrowIfUnfinished(response.FinishReason, requiresFinishReason);
                    return;
                }
            }
        }

        ThrowIfEmpty(response.FinishReason);
    }

    public static void ThrowIfUnfinished(ChatFinishReason? finish, bool requiresFinishReason)
    {
        if (finish is null && requiresFinishReason)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The answer ended without a finish reason: it may be cut off.");
        }
    }

    /// <summary>An answer without content is one only if the caller's own token limit cut it short.</summary>
    public static void ThrowIfEmpty(ChatFinishReason? finish)
    {
        if (finish == ChatFinishReason.ContentFilter)
        {
            throw new AnswerException(FailureKind.ContentFiltered, "The content policy refused the answer.");
        }

        if (finish != ChatFinishReason.Length)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply has no content.");
        }
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What one reply, or one event of a streamed one, says.</summary>
/// <param name="Contents">The parts that a caller can use.</param>
/// <param name="Finish">Why the model stopped; null if it has not.</param>
/// <param name="Wire">The reply as it was read.</param>
/// <param name="Raw">The reply as it came.</param>
internal sealed record Reply(List<AIContent> Contents, ChatFinishReason? Finish, GeminiResponse Wire, JsonElement Raw)
{
    /// <param name="raw">The reply.</param>
    /// <param name="whole">Whether it is all there is; an event of a stream may bring nothing but counts.</param>
    /// <exception cref="GoogleApiException">It is an error, or nothing.</exception>
    public static Reply Read(JsonElement raw, bool whole)
    {
        var wire = raw.ValueKind == JsonValueKind.Object ? raw.Deserialize(GoogleJson.Default.GeminiResponse) : null;
        if (wire?.Error is { } error)
        {
            throw GoogleApiException.OfErrorObject(error);
        }

        var candidate = wire?.Candidates is { Count: > 0 } candidates ? candidates[0] : null;
        if (wire is null || (candidate is null && wire.PromptFeedback?.BlockReason is null && (whole || wire.UsageMetadata is null)))
        {
            throw new GoogleApiException("The provider's answer has no candidate and no reason for that.");
        }

        var contents = ContentReader.Read(candidate?.Content);
        if (candidate?.FinishReason is "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL")
        {
            // Whatever text came before, the answer stops where the call should be, and not by the caller's fault.
            throw new GoogleApiException($"The model failed to write a function call. {candidate.FinishMessage}".TrimEnd());
        }

        var finish = FinishOf(candidate?.FinishReason, wire.PromptFeedback?.BlockReason);
        if (contents.Count == 0 && finish == ChatFinishReason.ContentFilter)
        {
            contents.Add(candidate is null
                ? Refusal("The prompt was blocked", wire.PromptFeedback!.BlockReason!, wire.PromptFeedback.BlockReasonMessage)
                : Refusal("The answer was stopped", candidate.FinishReason!, candidate.FinishMessage));
        }

        return new Reply(contents, finish, wire, raw);
    }

    private static ErrorContent Refusal(string what, string reason, string? message) =>
        new($"{what}: {reason}. {message}".TrimEnd()) { ErrorCode = reason };

    private static ChatFinishReason? FinishOf(string? finish, string? block) => finish switch
    {
        null or "" or "FINISH_REASON_UNSPECIFIED" => block is null ? null : ChatFinishReason.ContentFilter,
        "STOP" => ChatFinishReason.Stop,
        "MAX_TOKENS" => ChatFinishReason.Length,
        "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MODEL_ARMOR" => ChatFinishReason.ContentFilter,
        "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(finish.ToLowerInvariant()),
    };
}

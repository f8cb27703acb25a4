using System.Text.Json;
using Anthropic.Exceptions;

namespace FlexiAI;

/// <summary>The failure table's rows for Anthropic's words. What no row names is decided by the status alone.</summary>
internal static class AnthropicFailures
{
    // Status, words anywhere in the body, kind. The first row that fits decides.
    private static readonly (int Status, string Words, FailureKind Kind)[] Rows =
    [
        (400, "credit balance is too low", FailureKind.QuotaExhausted),
        (400, "reached your specified API usage limits", FailureKind.QuotaExhausted), // the spend limit of an organisation or workspace
        (400, "prompt is too long", FailureKind.ContextTooLong),
        (400, "exceed context limit", FailureKind.ContextTooLong), // input length and max_tokens together
        (413, "prompt is too long", FailureKind.ContextTooLong),
        (400, "content filtering policy", FailureKind.ContentFiltered), // "Output blocked by content filtering policy"
    ];

    // An error event inside a stream has no status; its type says which it would have had (the API's page "Errors").
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["invalid_request_error"] = 400,
        ["authentication_error"] = 401,
        ["billing_error"] = 402,
        ["permission_error"] = 403,
        ["not_found_error"] = 404,
        ["request_too_large"] = 413,
        ["rate_limit_error"] = 429,
        ["api_error"] = 500,
        ["timeout_error"] = 504,
        ["overloaded_error"] = 529,
    };

    /// <summary>An error event inside a stream, as if it had come with its status.</summary>
    public static FailureEvidence OpenEvent(FailureEvidence evidence)
    {
        // One that passed by the SDK has its body already.
        var opened = evidence.Exception is AnthropicSseException { Body: { ValueKind: JsonValueKind.Object } body }
            ? new FailureEvidence(evidence.Exception, evidence.StatusCode, body: body.GetRawText())
            : evidence;
        return opened.StatusCode is null or >= 300 ? opened : opened.ErrorCode is { } type && Statuses.TryGetValue(type, out var status)
            ? new FailureEvidence(evidence.Exception, status, body: opened.Body)
            : opened;
    }

    public static FailureKind? Find(FailureEvidence evidence)
    {
        foreach (var (status, words, kind) in Rows)
        {
            if (evidence.StatusCode == status && evidence.Mentions(words))
            {
                return kind;
            }
        }

        return null;
    }
}

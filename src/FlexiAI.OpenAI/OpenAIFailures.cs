namespace FlexiAI;

/// <summary>
/// The failure table's rows for the words of OpenAI, Azure OpenAI, and the servers that speak alike. What no row names is decided by
/// the status alone.
/// </summary>
internal static class OpenAIFailures
{
    // Status, words anywhere in the body, kind. The first row that fits decides.
    private static readonly (int Status, string Words, FailureKind Kind)[] Rows =
    [
        (429, "insufficient_quota", FailureKind.QuotaExhausted),
        (429, "billing_not_active", FailureKind.QuotaExhausted),
        (400, "billing_hard_limit_reached", FailureKind.QuotaExhausted),
        (403, "call volume quota", FailureKind.QuotaExhausted), // Azure API Management

        (400, "invalid_api_key", FailureKind.Authentication),
        (400, "API key not valid", FailureKind.Authentication), // Gemini's compatible endpoint
        (400, "Incorrect API key", FailureKind.Authentication), // xAI

        (400, "context_length_exceeded", FailureKind.ContextTooLong),
        (400, "maximum context length", FailureKind.ContextTooLong), // vLLM, Mistral, DeepSeek, OpenRouter
        (400, "maximum prompt length", FailureKind.ContextTooLong), // xAI
        (400, "available context size", FailureKind.ContextTooLong), // llama.cpp
        (400, "prompt is too long", FailureKind.ContextTooLong),
        (413, "context_length_exceeded", FailureKind.ContextTooLong),
        (413, "request too large for model", FailureKind.ContextTooLong), // Groq
        (422, "maximum context length", FailureKind.ContextTooLong),

        (400, "content_filter", FailureKind.ContentFiltered), // Azure
        (400, "ResponsibleAIPolicyViolation", FailureKind.ContentFiltered), // Azure
        (400, "content_policy_violation", FailureKind.ContentFiltered),
        (400, "usage policy", FailureKind.ContentFiltered), // OpenAI, invalid_prompt
        (403, "flagged", FailureKind.ContentFiltered), // OpenRouter's moderation

        (400, "model_not_found", FailureKind.ModelNotFound),
        (403, "model_not_found", FailureKind.ModelNotFound), // a project without access to the model
        (400, "model_decommissioned", FailureKind.ModelNotFound), // Groq
        (400, "Model Not Exist", FailureKind.ModelNotFound), // DeepSeek
        (400, "not a valid model ID", FailureKind.ModelNotFound), // OpenRouter

        (498, "", FailureKind.RateLimited), // Groq: no capacity in this tier
    ];

    // An error inside a reply has lost its status; its type or code says which it would have had.
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invalid_request_error"] = 400,
        ["context_length_exceeded"] = 400,
        ["content_filter"] = 400,
        ["invalid_api_key"] = 401,
        ["authentication_error"] = 401,
        ["permission_error"] = 403,
        ["model_not_found"] = 404,
        ["insufficient_quota"] = 429,
        ["rate_limit_exceeded"] = 429,
        ["rate_limit_error"] = 429,
        ["server_error"] = 500,
        ["internal_error"] = 500,
        ["internal_server_error"] = 500,
        ["InternalServerError"] = 500,
        ["api_error"] = 500,
        ["overloaded_error"] = 503,
        ["engine_overloaded"] = 503,
        ["service_unavailable"] = 503,
        ["timeout"] = 504,
    };

    public static int? StatusOf(string? word) => word is not null && Statuses.TryGetValue(word, out var status) ? status : null;

    /// <summary>An error inside a reply, as if it had come with its status.</summary>
    public static FailureEvidence OpenReply(FailureEvidence evidence) => evidence switch
    {
        { Exception: ErrorInReplyException { Status: { } status } error } => new FailureEvidence(error, status, body: error.Body),

        // One that passed by the SDK.
        { StatusCode: < 300, Body: { } body } when ErrorInReplyException.StatusIn(body) is { } status => new FailureEvidence(evidence.Exception, status, body: body),
        _ => evidence,
    };

    public static FailureKind? Find(FailureEvidence evidence)
    {
        foreach (var (status, words, kind) in Rows)
        {
            if (evidence.StatusCode == status && (words is "" || evidence.Mentions(words)))
            {
                return kind;
            }
        }

        return evidence.Exception switch
        {
            AccessTokenException { InnerException: HttpRequestException or IOException or TimeoutException } => null,
            AccessTokenException => FailureKind.Authentication,

            // Finish reasons of OpenRouter's and DeepSeek's by which the server says that it failed; the SDK refuses to read them.
            ArgumentOutOfRangeException { ActualValue: "error" or "insufficient_system_resource" } when evidence.StatusCode is < 300 => FailureKind.ServerError,
            _ => null,
        };
    }
}

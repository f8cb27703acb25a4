namespace FlexiAI;

/// <summary>
/// Google's words for failures, where the status alone does not tell. Sources: the error tables of the Gemini API's troubleshooting page
/// and of Vertex AI's page on API errors, google.rpc.ErrorInfo's reasons, and errors that users reported.
/// </summary>
internal static class GoogleFailures
{
    private static readonly (int Status, string Words, FailureKind Kind)[] Table =
    [
        (400, "API_KEY_INVALID", FailureKind.Authentication),
        (400, "API key not valid", FailureKind.Authentication),
        (400, "API key expired", FailureKind.Authentication),
        (400, "exceeds the maximum number of tokens", FailureKind.ContextTooLong),
        (400, "model only supports up to", FailureKind.ContextTooLong),
        (400, "input context is too long", FailureKind.ContextTooLong),

        // A precondition of the request's own, unlike those of the account below.
        (400, "is not in an ACTIVE state", FailureKind.InvalidRequest),
        (400, "FAILED_PRECONDITION", FailureKind.InvalidConfiguration),
        (400, "location is not supported", FailureKind.InvalidConfiguration),
        (400, "Unsupported region", FailureKind.InvalidConfiguration),

        (403, "BILLING_DISABLED", FailureKind.QuotaExhausted),
        (403, "billing to be enabled", FailureKind.QuotaExhausted),
        (403, "SERVICE_DISABLED", FailureKind.InvalidConfiguration),
        (403, "has not been used in project", FailureKind.InvalidConfiguration),

        // A quota of a day does not come back while anybody waits; every other one is a rate. The sentence about plan and billing says
        // nothing: it stands in both.
        (429, "PerDay", FailureKind.QuotaExhausted),
        (429, "per_day", FailureKind.QuotaExhausted),
        (429, "credits are depleted", FailureKind.QuotaExhausted),
        (429, "spending cap", FailureKind.QuotaExhausted),

        // Google's own side gave up; ours would not see a reply.
        (499, "", FailureKind.ServerError),
    ];

    /// <summary>The evidence with the status that an error object inside a success names.</summary>
    public static FailureEvidence AsTold(FailureEvidence evidence) =>
        evidence.Exception is GoogleApiException { Status: { } status } told && evidence.StatusCode is null or < 300
            ? new FailureEvidence(told, status, headers: null, told.Body)
            : evidence;

    /// <summary>The kind, or null where the status or the exception tells enough.</summary>
    public static FailureKind? KindOf(FailureEvidence evidence)
    {
        if (evidence.Exception is GoogleCredentialException credential)
        {
            return credential.Kind ?? OfTokenEndpoint(evidence.StatusCode);
        }

        foreach (var (status, words, kind) in Table)
        {
            if (evidence.StatusCode == status && (words.Length == 0 || evidence.Mentions(words)))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The kind of a token endpoint's failure. Without a status another caller's request for the same token failed.</summary>
    public static FailureKind OfTokenEndpoint(int? status) => status switch
    {
        null or 408 or >= 500 => FailureKind.ServerError,
        429 => FailureKind.RateLimited,
        >= 400 => FailureKind.Authentication,
        _ => FailureKind.InvalidResponse,
    };
}

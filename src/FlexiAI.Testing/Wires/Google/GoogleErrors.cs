using System.Globalization;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>Google's errors: the canonical status codes (AIP-193), with details where Google sends them.</summary>
internal static class GoogleErrors
{
    public static WireReply Reply(SimulatedRequest request, VendorError error, bool isVertex)
    {
        var (usual, message, detail) = Describe(request, error, isVertex);
        var status = error.Status ?? usual;
        var body = new JsonObject { ["code"] = status, ["message"] = error.Message ?? message, ["status"] = StatusName(status) };
        if (detail is not null)
        {
            body["details"] = new JsonArray(detail);
        }

        return WireReply.Failed(status, new JsonObject { ["error"] = body });
    }

    private static string StatusName(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };

    private static (int Status, string Message, JsonObject? Detail) Describe(SimulatedRequest request, VendorError error, bool isVertex) => error.Kind switch
    {
        VendorErrorKind.InvalidApiKey when isVertex || error.Status == 401 => (401,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
            ErrorInfo("ACCESS_TOKEN_TYPE_UNSUPPORTED")),
        VendorErrorKind.InvalidApiKey => (400, "API key not valid. Please pass a valid API key.", ErrorInfo("API_KEY_INVALID")),
        VendorErrorKind.MissingApiKey => (403,
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity.",
            null),
        VendorErrorKind.Forbidden => (403, "Permission denied on resource project.", ErrorInfo("CONSUMER_INVALID")),
        VendorErrorKind.PaymentRequired => (402, "This API method requires billing to be enabled.", ErrorInfo("BILLING_DISABLED")),
        VendorErrorKind.ModelNotFound => (404, $"models/{request.Model} is not found for API version v1beta, or is not supported.", null),
        VendorErrorKind.UnknownPath => (404, "Requested entity was not found.", null),
        VendorErrorKind.ContextTooLong => (400,
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", null),
        VendorErrorKind.PrefillRejected => (400, "Please ensure that the conversation ends with a user turn.", null),
        VendorErrorKind.RateLimited => (429, "Resource has been exhausted (e.g. check quota).", error.RetryAfter is { } wait ? RetryInfo(wait) : null),
        VendorErrorKind.QuotaExhausted => (429, "You exceeded your current quota, please check your plan and billing details.", QuotaFailure()),
        VendorErrorKind.Overloaded => (503, "The model is overloaded. Please try again later.", null),
        VendorErrorKind.ServerError => (500, "An internal error has occurred. Please retry or report.", null),
        _ => (400, "Request contains an invalid argument.", null),
    };

    private static JsonObject ErrorInfo(string reason) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
        ["reason"] = reason,
        ["domain"] = "googleapis.com",
    };

    private static JsonObject RetryInfo(TimeSpan wait) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.RetryInfo",
        ["retryDelay"] = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s",
    };

    private static JsonObject QuotaFailure() => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure",
        ["violations"] = new JsonArray(new JsonObject
        {
            ["quotaMetric"] = "generativelanguage.googleapis.com/generate_content_free_tier_requests",

            // A violation of a minute's quota looks the same but for this id, and is no more than a rate limit.
            ["quotaId"] = "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        }),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>Anthropic's errors: statuses and types as its error reference lists them.</summary>
internal static class AnthropicErrors
{
    public static WireReply Reply(WireFacts facts, SimulatedRequest request, VendorError error)
    {
        var (usual, message) = Describe(request, error.Kind);
        var status = error.Status ?? usual;
        var reply = WireReply.Failed(status, Body(facts, request, Type(status), error.Message ?? message));
        return error.RetryAfter is { } wait
            ? reply.WithHeader("retry-after", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))
                .WithHeader("anthropic-ratelimit-requests-remaining", "0")
                .WithHeader("anthropic-ratelimit-requests-reset", Rfc3339(facts.Now + wait))
            : reply;
    }

    public static JsonObject Body(WireFacts facts, SimulatedRequest request, string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = RequestId(facts, request),
    };

    public static string RequestId(WireFacts facts, SimulatedRequest request) => "req_" + facts.Id(request, "request");

    public static string Rfc3339(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Type(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };

    private static (int Status, string Message) Describe(SimulatedRequest request, VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.InvalidApiKey => (401, "invalid x-api-key"),
        VendorErrorKind.MissingApiKey => (401, "x-api-key header is required"),
        VendorErrorKind.Forbidden => (403, "Your API key does not have permission to use the specified resource."),
        VendorErrorKind.PaymentRequired => (402, "There is an issue with your billing or payment information."),
        VendorErrorKind.ModelNotFound => (404, $"model: {request.Model}"),
        VendorErrorKind.UnknownPath => (404, "Not Found"),
        VendorErrorKind.ContextTooLong => (400, "prompt is too long: 200561 tokens > 200000 maximum"),
        VendorErrorKind.ContentFiltered => (400, "Output blocked by content filtering policy"),
        VendorErrorKind.PrefillRejected => (400,
            "This model does not support assistant message prefill. The conversation must end with a user message."),
        VendorErrorKind.RateLimited => (429, "This request would exceed the rate limit for your organization of 50 requests per minute."),
        VendorErrorKind.QuotaExhausted => (400,
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."),
        VendorErrorKind.Overloaded => (529, "Overloaded"),
        VendorErrorKind.ServerError => (500, "Internal server error"),
        _ => (400, "The request is invalid."),
    };
}

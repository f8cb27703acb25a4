using System.Globalization;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>OpenAI's errors: statuses, types and codes as its error reference lists them.</summary>
internal static class OpenAIErrors
{
    public static WireReply Reply(SimulatedRequest request, VendorError error, string? key)
    {
        var (status, type, code, param, message) = Describe(request, error.Kind, key);
        var reply = WireReply.Failed(error.Status ?? status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = error.Message ?? message,
                ["type"] = type,
                ["param"] = param,
                ["code"] = code,
            },
        });
        if (error.RetryAfter is not { } wait)
        {
            return reply;
        }

        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return reply.WithHeader("retry-after", seconds)
            .WithHeader("x-ratelimit-remaining-requests", "0")
            .WithHeader("x-ratelimit-reset-requests", seconds + "s");
    }

    private static (int Status, string Type, string? Code, string? Param, string Message) Describe(
        SimulatedRequest request, VendorErrorKind kind, string? key) => kind switch
        {
            VendorErrorKind.InvalidApiKey => (401, "invalid_request_error", "invalid_api_key", null,
                $"Incorrect API key provided: {Mask(key)}. You can find your API key at https://platform.openai.com/account/api-keys."),
            VendorErrorKind.MissingApiKey => (401, "invalid_request_error", null, null,
                "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth."),
            VendorErrorKind.Forbidden => (403, "invalid_request_error", "unsupported_country_region_territory", null,
                "Country, region, or territory not supported"),
            VendorErrorKind.PaymentRequired => (402, "invalid_request_error", "payment_required", null, "Insufficient Balance"),
            VendorErrorKind.ModelNotFound => (404, "invalid_request_error", "model_not_found", null,
                $"The model `{request.Model}` does not exist or you do not have access to it."),
            VendorErrorKind.UnknownPath => (404, "invalid_request_error", null, null, $"Invalid URL ({request.Method} {request.Path})"),
            VendorErrorKind.ContextTooLong => (400, "invalid_request_error", "context_length_exceeded", "messages",
                "This model's maximum context length is 128000 tokens. However, your messages resulted in 130001 tokens. "
                + "Please reduce the length of the messages."),
            VendorErrorKind.ContentFiltered => (400, "invalid_request_error", "content_policy_violation", null,
                "Your request was rejected as a result of our safety system."),
            VendorErrorKind.PrefillRejected => (400, "invalid_request_error", null, "messages",
                "The last message must not have the role 'assistant'."),
            VendorErrorKind.RateLimited => (429, "requests", "rate_limit_exceeded", null,
                $"Rate limit reached for {request.Model} on requests per min (RPM): Limit 500, Used 500, Requested 1."),
            VendorErrorKind.QuotaExhausted => (429, "insufficient_quota", "insufficient_quota", null,
                "You exceeded your current quota, please check your plan and billing details."),
            VendorErrorKind.Overloaded => (503, "server_error", null, null, "The engine is currently overloaded, please try again later"),
            VendorErrorKind.ServerError => (500, "server_error", null, null,
                "The server had an error while processing your request. Sorry about that!"),
            _ => (400, "invalid_request_error", null, null, "The request is invalid."),
        };

    /// <summary>OpenAI shows the first and the last characters of the key that was refused.</summary>
    private static string Mask(string? key) => key is { Length: > 12 }
        ? $"{key[..8]}{new string('*', Math.Min(key.Length - 12, 20))}{key[^4..]}"
        : new string('*', key?.Length ?? 0);
}

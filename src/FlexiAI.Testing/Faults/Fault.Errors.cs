using System.Globalization;

namespace FlexiAI.Testing;

public sealed partial class Fault
{
    /// <summary>An error status. Without a body it is the vendor's own for that status.</summary>
    /// <param name="status">The status, 200 to 599.</param>
    /// <param name="body">The body; empty for none at all. Default: the vendor's.</param>
    /// <param name="contentType">The body's type. Default: <c>application/json</c>.</param>
    /// <returns>The fault.</returns>
    public static Fault Status(int status, string? body = null, string contentType = "application/json")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return body is null
            ? Error($"status {status}", new VendorError(VendorError.KindOf(status)) { Status = status })
            : new Fault($"status {status}") { Instead = exchange => exchange.SendAsync(status, contentType, body) };
    }

    /// <summary>
    /// Status 429, too many requests. OpenAI and Anthropic name the time to wait in a <c>retry-after</c> header, Google in the
    /// <c>RetryInfo</c> of the body; for other ways add <see cref="WithHeader"/>.
    /// </summary>
    /// <param name="retryAfter">The time to wait; whole seconds are sent. Default: not named.</param>
    /// <returns>The fault.</returns>
    public static Fault RateLimited(TimeSpan? retryAfter = null) =>
        Error("rate limited", new VendorError(VendorErrorKind.RateLimited) { RetryAfter = retryAfter });

    /// <summary>Status 429 with <c>Retry-After</c> as an HTTP date (RFC 9110, 10.2.3).</summary>
    /// <param name="retryAt">The moment; sent in whole seconds.</param>
    /// <returns>The fault.</returns>
    public static Fault RateLimitedUntil(DateTimeOffset retryAt) =>
        RateLimited().WithHeader("retry-after", retryAt.ToString("r", CultureInfo.InvariantCulture));

    /// <summary>The key is refused: 401; from Gemini 400 with the reason <c>API_KEY_INVALID</c>. OpenAI's message holds part of the key.</summary>
    /// <returns>The fault.</returns>
    public static Fault InvalidApiKey() => Error("invalid API key", new VendorError(VendorErrorKind.InvalidApiKey));

    /// <summary>Status 403: the key may not use this.</summary>
    /// <returns>The fault.</returns>
    public static Fault Forbidden() => Error("forbidden", new VendorError(VendorErrorKind.Forbidden));

    /// <summary>Status 402: the bill is not paid.</summary>
    /// <returns>The fault.</returns>
    public static Fault PaymentRequired() => Error("payment required", new VendorError(VendorErrorKind.PaymentRequired));

    /// <summary>No money left: OpenAI 429 <c>insufficient_quota</c>, Anthropic 400 "credit balance is too low", Google 429 with a <c>QuotaFailure</c>.</summary>
    /// <returns>The fault.</returns>
    public static Fault QuotaExhausted() => Error("quota exhausted", new VendorError(VendorErrorKind.QuotaExhausted));

    /// <summary>Status 404: no such model.</summary>
    /// <returns>The fault.</returns>
    public static Fault ModelNotFound() => Error("model not found", new VendorError(VendorErrorKind.ModelNotFound));

    /// <summary>Status 400: the prompt is longer than the model's context.</summary>
    /// <returns>The fault.</returns>
    public static Fault ContextTooLong() => Error("context too long", new VendorError(VendorErrorKind.ContextTooLong));

    /// <summary>The content is refused: status 400; from Google a 200 whose <c>promptFeedback</c> says so.</summary>
    /// <returns>The fault.</returns>
    public static Fault ContentFiltered() => Error("content filtered", new VendorError(VendorErrorKind.ContentFiltered));

    /// <summary>Status 400: the request itself is wrong.</summary>
    /// <returns>The fault.</returns>
    public static Fault InvalidRequest() => Error("invalid request", new VendorError(VendorErrorKind.InvalidRequest));

    /// <summary>Too much load: OpenAI 503, Anthropic 529 <c>overloaded_error</c>, Google 503 <c>UNAVAILABLE</c>.</summary>
    /// <returns>The fault.</returns>
    public static Fault Overloaded() => Error("overloaded", new VendorError(VendorErrorKind.Overloaded));

    internal static Fault Error(string description, VendorError error) =>
        new(description) { Instead = exchange => exchange.SendErrorAsync(error) };
}

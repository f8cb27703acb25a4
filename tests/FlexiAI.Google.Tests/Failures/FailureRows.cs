using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>What a provider does, and what must follow.</summary>
/// <param name="Fault">What it does.</param>
/// <param name="Kind">How that is called.</param>
/// <param name="Requests">Requests that reach it within one call: three when it is retried.</param>
/// <param name="FailsOver">Whether the next provider answers.</param>
/// <param name="Counts">Whether the circuit counts it.</param>
internal sealed record FailureRow(Fault Fault, FailureKind Kind, int Requests = 1, bool FailsOver = true, bool Counts = true);

internal static class FailureRows
{
    public const string PerMinute =
        """{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}]}}""";

    public static readonly IReadOnlyDictionary<string, FailureRow> All = new Dictionary<string, FailureRow>
    {
        ["invalid key"] = new(Fault.InvalidApiKey(), FailureKind.Authentication),
        ["401"] = new(Fault.Status(401), FailureKind.Authentication),
        ["forbidden"] = new(Fault.Forbidden(), FailureKind.Authentication),
        ["expired key"] = new(Error(400, "API key expired. Please renew the API key.", "INVALID_ARGUMENT"), FailureKind.Authentication),
        ["payment required"] = new(Fault.PaymentRequired(), FailureKind.QuotaExhausted),
        ["quota of the day"] = new(Fault.QuotaExhausted(), FailureKind.QuotaExhausted),
        ["billing disabled"] = new(Error(403, "This API method requires billing to be enabled.", "PERMISSION_DENIED"), FailureKind.QuotaExhausted),
        ["credits depleted"] = new(Error(429, "Your prepayment credits are depleted.", "RESOURCE_EXHAUSTED"), FailureKind.QuotaExhausted),
        ["rate limited"] = new(Fault.RateLimited(), FailureKind.RateLimited),
        ["quota of the minute"] = new(Fault.Status(429, PerMinute), FailureKind.RateLimited),
        ["rate limited for long"] = new(Fault.RateLimited(TimeSpan.FromSeconds(60)), FailureKind.RateLimited),
        ["rate limited for an instant"] = new(Fault.RateLimited().WithHeader("retry-after-ms", "1"), FailureKind.RateLimited, Requests: 2),
        ["408"] = new(Fault.Status(408), FailureKind.ServerError, Requests: 3),
        ["499"] = new(Fault.Status(499), FailureKind.ServerError, Requests: 3),
        ["500"] = new(Fault.Status(500), FailureKind.ServerError, Requests: 3),
        ["502 of a proxy"] = new(Fault.Status(502, "<html>Bad gateway</html>", "text/html"), FailureKind.ServerError, Requests: 3),
        ["overloaded"] = new(Fault.Overloaded(), FailureKind.ServerError, Requests: 3),
        ["504"] = new(Fault.Status(504), FailureKind.ServerError, Requests: 3),
        ["529 without a body"] = new(Fault.Status(529, ""), FailureKind.ServerError, Requests: 3),
        ["reset"] = new(Fault.Reset(), FailureKind.Network, Requests: 3),
        ["reset within"] = new(Fault.CutAfter(0), FailureKind.Network, Requests: 3),
        ["closed within"] = new(Fault.TruncatedBody(), FailureKind.Network, Requests: 3),
        ["no such model"] = new(Fault.ModelNotFound(), FailureKind.ModelNotFound),
        ["410"] = new(Fault.Status(410), FailureKind.ModelNotFound),
        ["location not supported"] = new(
            Error(400, "User location is not supported for the API use.", "FAILED_PRECONDITION"), FailureKind.InvalidConfiguration),
        ["API not enabled"] = new(
            Error(403, "Vertex AI API has not been used in project 1 before or it is disabled.", "PERMISSION_DENIED"), FailureKind.InvalidConfiguration),
        ["redirect"] = new(Fault.Status(302, "").WithHeader("location", "https://example.test/"), FailureKind.InvalidConfiguration),
        ["HTML"] = new(Fault.Html(), FailureKind.InvalidResponse),
        ["garbage"] = new(Fault.Garbage(), FailureKind.InvalidResponse),
        ["wrong content type"] = new(Fault.WrongContentType(), FailureKind.InvalidResponse),
        ["endless headers"] = new(Fault.EndlessHeaders(), FailureKind.InvalidResponse),
        ["broken JSON"] = new(Fault.BrokenJson(), FailureKind.InvalidResponse),
        ["empty reply"] = new(Fault.EmptyReply(), FailureKind.InvalidResponse),
        ["empty body"] = new(Fault.Status(200, ""), FailureKind.InvalidResponse),
        ["no candidates"] = new(Fault.NoChoices(), FailureKind.InvalidResponse),
        ["clean end before the answer"] = new(Fault.EndAfter(0), FailureKind.InvalidResponse),
        ["error inside a success"] = new(Fault.ErrorInside200(), FailureKind.ServerError, Requests: 3),
        ["context too long"] = new(Fault.ContextTooLong(), FailureKind.ContextTooLong, Counts: false),
        ["context too long for Vertex AI"] = new(
            Error(400, "Unable to submit request because the input token count is 9 but model only supports up to 8.", "INVALID_ARGUMENT"),
            FailureKind.ContextTooLong,
            Counts: false),
        ["content filtered"] = new(Fault.ContentFiltered(), FailureKind.ContentFiltered, FailsOver: false, Counts: false),
        ["invalid request"] = new(Fault.InvalidRequest(), FailureKind.InvalidRequest, FailsOver: false, Counts: false),
        ["413"] = new(Fault.Status(413), FailureKind.InvalidRequest, FailsOver: false, Counts: false),
        ["422"] = new(Fault.Status(422), FailureKind.InvalidRequest, FailsOver: false, Counts: false),
    };

    private static Fault Error(int status, string message, string name) =>
        Fault.Status(status, $$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}","status":"{{{name}}}"}}""");
}

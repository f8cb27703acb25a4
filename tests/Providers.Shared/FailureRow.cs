using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>One row of the failure table: what the provider does, and all that follows from it.</summary>
internal sealed record FailureRow(Fault Fault, FailureKind Kind)
{
    /// <summary>How it ends if it is streamed, where that differs.</summary>
    public FailureKind? StreamedKind { get; init; }

    /// <summary>The entry's <c>Timeout</c>: short only in the rows that wait for it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan? RetryAfter { get; init; }

    public FailureKind KindWhen(bool streamed) => streamed ? StreamedKind ?? Kind : Kind;

    public bool RetriedWhen(bool streamed) => KindWhen(streamed) switch
    {
        FailureKind.ServerError or FailureKind.Network => true,
        FailureKind.RateLimited => RetryAfter <= TimeSpan.FromSeconds(2),
        _ => false,
    };

    public bool FailsOver => Kind is not (FailureKind.ContentFiltered or FailureKind.InvalidRequest);

    public bool Counts => Kind is not (FailureKind.ContentFiltered or FailureKind.InvalidRequest or FailureKind.ContextTooLong);

    /// <summary>The rows that every vendor has.</summary>
    public static readonly IReadOnlyDictionary<string, FailureRow> All = new Dictionary<string, FailureRow>
    {
        ["invalid key"] = new(Fault.InvalidApiKey(), FailureKind.Authentication),
        ["403"] = new(Fault.Forbidden(), FailureKind.Authentication),
        ["402"] = new(Fault.PaymentRequired(), FailureKind.QuotaExhausted),
        ["no quota left"] = new(Fault.QuotaExhausted(), FailureKind.QuotaExhausted),
        ["429"] = new(Fault.RateLimited(), FailureKind.RateLimited),
        ["429, shortly"] = new(Fault.RateLimited().WithHeader("retry-after-ms", "20"), FailureKind.RateLimited) { RetryAfter = TimeSpan.FromMilliseconds(20) },
        ["429, two minutes"] = new(Fault.RateLimited(TimeSpan.FromMinutes(2)), FailureKind.RateLimited) { RetryAfter = TimeSpan.FromMinutes(2) },
        ["408"] = new(Fault.Status(408), FailureKind.ServerError),
        ["500"] = new(Fault.Status(500), FailureKind.ServerError),
        ["500, a page"] = new(Fault.Status(500, "<h1>oops</h1>", "text/html"), FailureKind.ServerError),
        ["502"] = new(Fault.Status(502, ""), FailureKind.ServerError),
        ["503"] = new(Fault.Status(503), FailureKind.ServerError),
        ["504"] = new(Fault.Status(504), FailureKind.ServerError),
        ["520"] = new(Fault.Status(520), FailureKind.ServerError),
        ["529"] = new(Fault.Status(529), FailureKind.ServerError),
        ["overloaded"] = new(Fault.Overloaded(), FailureKind.ServerError),
        ["silence"] = new(Fault.Silence(), FailureKind.Timeout) { Timeout = TimeSpan.FromMilliseconds(400) },
        ["stalled body"] = new(Fault.StalledBody(), FailureKind.Timeout) { Timeout = TimeSpan.FromMilliseconds(400) },
        ["reset"] = new(Fault.Reset(), FailureKind.Network),
        ["cut"] = new(Fault.CutAfter(0), FailureKind.Network),
        ["truncated body"] = new(Fault.TruncatedBody(), FailureKind.Network),
        ["unknown model"] = new(Fault.ModelNotFound(), FailureKind.ModelNotFound),
        ["410"] = new(Fault.Status(410), FailureKind.ModelNotFound),
        ["redirect"] = new(Fault.Status(302, "").WithHeader("Location", "http://127.0.0.1:9/"), FailureKind.InvalidConfiguration),
        ["HTML in a 200"] = new(Fault.Html(), FailureKind.InvalidResponse),
        ["empty body"] = new(Fault.EmptyReply(), FailureKind.InvalidResponse),
        ["5 MB of garbage"] = new(Fault.Garbage(), FailureKind.InvalidResponse),
        ["wrong content type"] = new(Fault.WrongContentType(), FailureKind.InvalidResponse),
        ["endless headers"] = new(Fault.EndlessHeaders(), FailureKind.InvalidResponse),
        ["broken JSON"] = new(Fault.BrokenJson(), FailureKind.InvalidResponse),
        ["no choices"] = new(Fault.NoChoices(), FailureKind.InvalidResponse),
        ["clean end"] = new(Fault.EndAfter(0), FailureKind.InvalidResponse),
        ["context too long"] = new(Fault.ContextTooLong(), FailureKind.ContextTooLong),
        ["content filtered"] = new(Fault.ContentFiltered(), FailureKind.ContentFiltered),
        ["400"] = new(Fault.InvalidRequest(), FailureKind.InvalidRequest),
        ["405"] = new(Fault.Status(405), FailureKind.InvalidRequest),
        ["409"] = new(Fault.Status(409), FailureKind.InvalidRequest),
        ["413"] = new(Fault.Status(413), FailureKind.InvalidRequest),
        ["415"] = new(Fault.Status(415), FailureKind.InvalidRequest),
        ["422"] = new(Fault.Status(422), FailureKind.InvalidRequest),
    };
}

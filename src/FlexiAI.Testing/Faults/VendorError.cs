namespace FlexiAI.Testing;

/// <summary>An error that every vendor has, each with its own status and body.</summary>
internal enum VendorErrorKind
{
    InvalidRequest,
    InvalidApiKey,
    MissingApiKey,
    Forbidden,
    PaymentRequired,
    ModelNotFound,
    UnknownPath,
    ContextTooLong,
    ContentFiltered,
    PrefillRejected,
    RateLimited,
    QuotaExhausted,
    Overloaded,
    ServerError,
}

internal sealed record VendorError(VendorErrorKind Kind)
{
    /// <summary>Instead of the vendor's usual status for this error.</summary>
    public int? Status { get; init; }

    public string? Message { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static VendorErrorKind KindOf(int status) => status switch
    {
        401 => VendorErrorKind.InvalidApiKey,
        402 => VendorErrorKind.PaymentRequired,
        403 => VendorErrorKind.Forbidden,
        404 or 410 => VendorErrorKind.ModelNotFound,
        429 => VendorErrorKind.RateLimited,
        503 or 529 => VendorErrorKind.Overloaded,
        >= 500 => VendorErrorKind.ServerError,
        _ => VendorErrorKind.InvalidRequest,
    };
}

namespace FlexiAI;

/// <summary>Ends a request with an error, which the entrance writes in the caller's dialect where the reply has not begun.</summary>
/// <param name="error">What the caller is told.</param>
internal sealed class GatewayException(WireError error) : Exception(error.Message)
{
    /// <summary>What the caller is told.</summary>
    public WireError Error { get; } = error;

    /// <summary>When the caller may come again, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the connection is of no more use, since what the caller sent was not read to its end.</summary>
    public bool ClosesConnection { get; init; }
}

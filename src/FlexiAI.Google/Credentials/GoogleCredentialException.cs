namespace FlexiAI;

/// <summary>There is no access token to make a call with.</summary>
/// <param name="kind">What kind of failure that is; null if only the token endpoint's status can tell.</param>
/// <param name="message">Why.</param>
/// <param name="inner">What Google's library threw.</param>
internal sealed class GoogleCredentialException(FailureKind? kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind? Kind { get; } = kind;
}

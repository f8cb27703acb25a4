namespace FlexiAI;

/// <summary>There is no access token to make a call with.</summary>
internal sealed class GoogleCredentialException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;
}

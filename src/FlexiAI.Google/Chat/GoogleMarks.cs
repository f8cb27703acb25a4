namespace FlexiAI;

/// <summary>
/// What of a function call only Google understands, kept in <see cref="Microsoft.Extensions.AI.AIContent.AdditionalProperties"/> of the
/// call so that it survives a conversation stored as JSON, and is not mistaken for another vendor's.
/// </summary>
internal static class GoogleMarks
{
    /// <summary>The id that Google gave the call; absent if it gave none and the client made one up.</summary>
    public const string CallId = "google.callId";

    /// <summary>The thought signature, Base64.</summary>
    public const string ThoughtSignature = "google.thoughtSignature";
}

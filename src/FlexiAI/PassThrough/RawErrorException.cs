namespace FlexiAI;

/// <summary>A provider's refusal or error as it stands on the wire: with an error's status, or within a reply that began as a success.</summary>
/// <param name="status">The status of the reply.</param>
/// <param name="body">The error's JSON, or what came in its place.</param>
internal sealed class RawErrorException(int status, string? body)
    : Exception(status >= 300 ? $"The provider answered with HTTP {status}." : "The reply is an error.")
{
    public int Status => status;

    public string? Body => body;
}

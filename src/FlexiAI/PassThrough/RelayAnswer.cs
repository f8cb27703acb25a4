using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a provider answered to a relayed request: bytes of the caller's wire, or what its client made of another's.</summary>
/// <param name="Content">A <see cref="RawReply"/>, a <see cref="RawStream"/>, a <see cref="ChatResponse"/>, an <see cref="OpenStream"/> or embeddings.</param>
internal sealed record RelayAnswer(object Content) : IDisposable
{
    public void Dispose() => (Content as IDisposable)?.Dispose();
}

/// <summary>A whole reply that passes through.</summary>
internal sealed class RawReply(ReadOnlyMemory<byte> body, string? contentType, IReadOnlyList<KeyValuePair<string, string>> headers, RawTally tally)
{
    public ReadOnlyMemory<byte> Body => body;

    public string? ContentType => contentType;

    /// <summary>The provider's headers that a caller may want: its request id, its limits.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    public RawTally Tally => tally;
}

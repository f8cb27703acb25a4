using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A streamed request; each enumeration asks anew.</summary>
/// <param name="begin">Begins a request under a token.</param>
/// <param name="caller">The caller's token.</param>
internal sealed class ChatStream(Func<CancellationToken, ValueTask<CommittedStream>> begin, CancellationToken caller) : IAsyncEnumerable<ChatResponseUpdate>
{
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new ChatStreamReader(begin, caller, cancellationToken);
}

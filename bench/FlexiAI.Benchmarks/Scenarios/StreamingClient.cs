using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>A provider whose stream costs next to nothing: the same updates in each stream but the first, which the caller's client writes on.</summary>
internal sealed class StreamingClient(int updates, bool later) : IChatClient
{
    private static readonly ChatResponseUpdate Middle = new(ChatRole.Assistant, "word ");
    private static readonly ChatResponseUpdate Last = new() { FinishReason = ChatFinishReason.Stop };

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "word ");
        for (var i = 2; i < updates; i++)
        {
            if (later)
            {
                await Task.Yield();
            }

            yield return Middle;
        }

        yield return Last;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

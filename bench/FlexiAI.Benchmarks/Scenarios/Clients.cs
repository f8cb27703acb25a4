using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>A provider that answers at once, each time with an answer of its own, as the SDKs make them.</summary>
internal sealed class AnsweringClient(bool later = false) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        later ? AnswerLaterAsync() : Task.FromResult(Answer());

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static ChatResponse Answer() => new(new ChatMessage(ChatRole.Assistant, "Hello"))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 5 },
    };

    private static async Task<ChatResponse> AnswerLaterAsync()
    {
        await Task.Yield();
        return Answer();
    }
}

/// <summary>A provider that throws, each time an exception of its own: one that is thrown again and again grows its stack trace.</summary>
internal sealed class FailingClient : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        throw new HttpRequestException("The connection was refused.");
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

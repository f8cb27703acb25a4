using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI.Soak;

/// <summary>A provider in memory, in whose weather calls fail, hang, and hang without heeding their token; streams die early or late.</summary>
internal sealed class FlakyChat(Weather weather) : IChatClient
{
    private long _calls;
    private int _openStreams;

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Streams begun and not yet disposed.</summary>
    public int OpenStreams => Volatile.Read(ref _openStreams);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        await PassAsync(weather.Next(), cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, "fair enough"))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 },
        };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return StreamAsync(cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _openStreams);
        try
        {
            var trouble = weather.Next();
            var pieces = Random.Shared.Next(1, 8);
            var good = trouble == Trouble.None ? pieces : Random.Shared.Next(pieces);
            yield return new ChatResponseUpdate { Role = ChatRole.Assistant };
            for (var i = 0; i < pieces; i++)
            {
                await PassAsync(i < good ? Trouble.None : trouble, cancellationToken);
                yield return new ChatResponseUpdate(ChatRole.Assistant, "fair ");
            }

            yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
        }
        finally
        {
            Interlocked.Decrement(ref _openStreams);
        }
    }

    private static Task PassAsync(Trouble trouble, CancellationToken cancellationToken) => trouble switch
    {
        Trouble.None => Random.Shared.Next(2) == 0 ? Task.CompletedTask : Task.Delay(Random.Shared.Next(1, 20), cancellationToken),
        Trouble.ServerError => throw new HttpRequestException("The weather.", inner: null, HttpStatusCode.ServiceUnavailable),
        Trouble.RateLimited => throw new HttpRequestException("The weather.", inner: null, HttpStatusCode.TooManyRequests),
        Trouble.InvalidRequest => throw new HttpRequestException("The weather.", inner: null, HttpStatusCode.UnprocessableEntity),
        Trouble.Silence => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken),
        Trouble.Deaf => Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None),
        _ => throw new IOException("The weather."),
    };
}

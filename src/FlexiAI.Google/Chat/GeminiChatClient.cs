using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A chat client of <c>generateContent</c>, for Gemini and for Vertex AI.</summary>
internal sealed class GeminiChatClient(GoogleConnection connection, string model, GeminiSettings settings, string vendor) : IChatClient
{
    private readonly RequestWriter _writer = new(settings);
    private readonly ChatClientMetadata _metadata = new(vendor, connection.Root, model);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = options?.ModelId ?? model;
        var body = _writer.Write(this, asked, messages, options);
        var raw = await connection.CallAsync(asked, "generateContent", body, GoogleJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        var reply = Reply.Read(raw, whole: true);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, reply.Contents) { MessageId = reply.Wire.ResponseId, RawRepresentation = raw })
        {
            ResponseId = reply.Wire.ResponseId,
            ModelId = reply.Wire.ModelVersion ?? asked,
            FinishReason = WithCalls(reply.Finish, HasCalls(reply)),
            Usage = ContentReader.Usage(reply.Wire.UsageMetadata),
            RawRepresentation = raw,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = options?.ModelId ?? model;
        var body = _writer.Write(this, asked, messages, options);
        using var response = await connection.SendAsync(asked, "streamGenerateContent?alt=sse", body, cancellationToken).ConfigureAwait(false);
        var replies = EventReader.ReadAsync(response, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = replies.ConfigureAwait(false);
        var called = false;
        Reply? last = null;
        GeminiUsage? usage = null;
        ExceptionDispatchInfo? failure = null;
        while (failure is null)
        {
            try
            {
                if (!await replies.MoveNextAsync().ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
                break;
            }

            last = replies.Current;
            called |= HasCalls(last);
            usage = last.Wire.UsageMetadata ?? usage;
            yield return Update(last, last.Contents, WithCalls(last.Finish, called));
        }

        // Every event repeats the counts so far, and consumers add up what they are given: so they are given once, after a failure too.
        if (last is not null && ContentReader.Usage(usage) is { } details)
        {
            yield return Update(last, [new UsageContent(details)], finish: null);
        }

        failure?.Throw();

        ChatResponseUpdate Update(Reply reply, IList<AIContent> contents, ChatFinishReason? finish) => new(ChatRole.Assistant, contents)
        {
            ResponseId = reply.Wire.ResponseId,
            MessageId = reply.Wire.ResponseId,
            ModelId = reply.Wire.ModelVersion ?? asked,
            FinishReason = finish,
            RawRepresentation = reply.Raw,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    // The HTTP client is the entry's.
    public void Dispose()
    {
    }

    private static bool HasCalls(Reply reply) => reply.Contents.Exists(content => content is FunctionCallContent);

    private static ChatFinishReason? WithCalls(ChatFinishReason? finish, bool called) =>
        called && finish == ChatFinishReason.Stop ? ChatFinishReason.ToolCalls : finish;
}

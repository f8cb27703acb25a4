using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace FlexiAI;

/// <summary>Makes an error event inside a stream an exception: the SDK passes over it, and keeps it in the raw update alone.</summary>
internal sealed class ErrorEventChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            if (update.RawRepresentation is StreamingChatCompletionUpdate raw)
            {
                ThrowIfError(raw);
            }

            yield return update;
        }
    }

    private static void ThrowIfError(StreamingChatCompletionUpdate raw)
    {
#pragma warning disable SCME0001 // The patch is the one place that holds what the SDK has no property for.
        if (raw.Patch.TryGetJson("$.error"u8, out var json))
#pragma warning restore SCME0001
        {
            using var error = JsonDocument.Parse(json);
            ErrorInReplyException.ThrowIfError(error.RootElement);
        }
    }
}

using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Moves and closes a provider's enumerator under a clock, also where the SDK heeds neither its token nor its own timeout.</summary>
internal static class StreamReader
{
    public static ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> stream, CancellationToken token)
    {
        var move = stream.MoveNextAsync();
        return move.IsCompletedSuccessfully ? move : WaitAsync(move.AsTask(), stream, token);
    }

    /// <summary>Closes an enumerator that is not being read; what it throws then is nobody's failure any more.</summary>
    public static Task CloseAsync(IAsyncEnumerator<ChatResponseUpdate> stream) => Abandon.IgnoreAsync(Task.CompletedTask, stream);

    // An enumerator must not be disposed while a read is pending: one that is abandoned closes itself when its read has ended.
    private static async ValueTask<bool> WaitAsync(Task<bool> move, IAsyncEnumerator<ChatResponseUpdate> stream, CancellationToken token)
    {
        try
        {
            return await move.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!move.IsCompleted)
        {
            _ = Abandon.IgnoreAsync(move, stream);
            throw new StreamAbandonedException();
        }
    }
}

/// <summary>A read was given up while it was pending; its enumerator looks after itself.</summary>
internal sealed class StreamAbandonedException : OperationCanceledException;

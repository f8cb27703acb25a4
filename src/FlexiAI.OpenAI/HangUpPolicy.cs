using System.ClientModel.Primitives;

namespace FlexiAI;

/// <summary>
/// Hangs up on a streamed reply when the call is given up. The SDK does so once it has begun to read; given up between the headers and
/// the first read, the connection would stay open until it is garbage.
/// </summary>
internal sealed class HangUpPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ProcessNext(message, pipeline, currentIndex);
        HangUpWhenGivenUp(message);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        HangUpWhenGivenUp(message);
    }

    private static void HangUpWhenGivenUp(PipelineMessage message)
    {
        if (message is { BufferResponse: false, Response: { } response })
        {
            // The engine's token ends with the attempt, and this with it.
            message.CancellationToken.UnsafeRegister(static response => ((PipelineResponse)response!).Dispose(), response);
        }
    }
}

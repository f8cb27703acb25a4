using System.ClientModel.Primitives;
using System.Text.Json;

namespace FlexiAI;

/// <summary>
/// Finds the error object in a whole reply whose status is 200. The SDK would look for choices in it and say only that an index is
/// out of range.
/// </summary>
internal sealed class ErrorInReplyPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ProcessNext(message, pipeline, currentIndex);
        ThrowIfError(message);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        ThrowIfError(message);
    }

    private static void ThrowIfError(PipelineMessage message)
    {
        if (message is not { BufferResponse: true, Response: { IsError: false } response })
        {
            return;
        }

        // In a text these quotes would be escaped: a healthy reply is searched once, and parsed only by the SDK.
        var body = response.Content.ToMemory();
        if (body.Span.IndexOf("\"error\""u8) < 0)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error"u8, out var error))
            {
                ErrorInReplyException.ThrowIfError(error);
            }
        }
        catch (JsonException)
        {
            // The SDK says so itself.
        }
    }
}

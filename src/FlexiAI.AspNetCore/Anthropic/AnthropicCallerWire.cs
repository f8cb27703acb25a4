using System.Buffers;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Anthropic's Messages API as a server speaks it to its callers.</summary>
internal sealed class AnthropicCallerWire : CallerWire
{
    private AnthropicCallerWire()
    {
    }

    /// <summary>The only one: it has no state.</summary>
    public static AnthropicCallerWire Instance { get; } = new();

    public override WireChat ReadChat(ReadOnlyMemory<byte> body) => AnthropicRequest.Read(body);

    public override void WriteReply(IBufferWriter<byte> output, ChatResponse response, WireAnswer answer) =>
        AnthropicReply.Write(output, response, answer);

    public override WireStream BeginStream(WireChat chat, WireAnswer answer, WireStreamBegun? begun = null) => new AnthropicStreamWriter(answer, begun);

    public override void WriteError(IBufferWriter<byte> output, WireError error) => AnthropicError.Write(output, error);

    public override void WriteErrorEvent(IBufferWriter<byte> output, WireError error) => AnthropicError.WriteEvent(output, error);
}

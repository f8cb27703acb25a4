using System.Buffers;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>OpenAI's chat completions, for callers whose request is answered by a provider of another wire.</summary>
internal sealed class OpenAICallerWire : CallerWire
{
    private OpenAICallerWire()
    {
    }

    public static OpenAICallerWire Instance { get; } = new();

    public override WireChat ReadChat(ReadOnlyMemory<byte> body)
    {
        using var document = OpenAIBody.Parse(body);
        var request = OpenAIField.Root(document.RootElement).Object();
        OpenAIRefusals.Check(request);
        var includeUsage = request.Find("stream_options")?.Object().Find("include_usage")?.Bool() ?? false;
        _ = request.Find("stream")?.Bool();
        return new WireChat(OpenAIMessageReader.Read(request.Need("messages")), OpenAIOptionsReader.Read(request), includeUsage);
    }

    public override void WriteReply(IBufferWriter<byte> output, ChatResponse response, WireAnswer answer) =>
        OpenAIReplyWriter.Write(output, response, answer);

    public override WireStream BeginStream(WireChat chat, WireAnswer answer, WireStreamBegun? begun = null) =>
        new OpenAIStream(chat.IncludeUsage, answer, begun);

    public override void WriteError(IBufferWriter<byte> output, WireError error) => OpenAIErrors.Write(output, error);

    public override void WriteErrorEvent(IBufferWriter<byte> output, WireError error)
    {
        output.Write("data: "u8);
        OpenAIErrors.Write(output, error);
        output.Write("\n\n"u8);
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes the content blocks of a stream: one open at a time, each begun, continued and ended in order.</summary>
internal sealed class AnthropicStreamBlocks(AnthropicEvents events, WireAnswer answer, WireStreamBegun? begun)
{
    private const string TextBlock = "text";
    private const string ThinkingBlock = "thinking";

    private readonly ArrayBufferWriter<byte> _arguments = new();
    private AnthropicPieces _pieces;
    private int _blocks = begun?.Blocks ?? 0;
    private string? _open = begun?.OpenBlock;

    // A thought goes on in no block of another model's: that one will be signed, or was to be.
    private bool _foreign = begun?.OpenBlock is not (null or TextBlock);

    public void Text(IBufferWriter<byte> output, string text)
    {
        if (Piece(output, TextBlock, text) is { Length: > 0 } piece)
        {
            Delta(output, "text_delta", "text", piece);
        }
    }

    public void Thinking(IBufferWriter<byte> output, string text)
    {
        if (Piece(output, ThinkingBlock, text) is { Length: > 0 } piece)
        {
            Delta(output, "thinking_delta", "thinking", piece);
        }
    }

    public void Call(IBufferWriter<byte> output, FunctionCallContent call)
    {
        Close(output);
        AnthropicBlockWriter.ToolUse(BeginStart(output), call, AnthropicBlockWriter.SpareId(answer, _blocks), arguments: null);
        EndStart(output, "tool_use");
        _arguments.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_arguments, AnthropicJson.Options))
        {
            AnthropicJson.WriteArguments(json, call.Arguments);
        }

        BeginDelta(output, "input_json_delta").WriteString("partial_json", _arguments.WrittenSpan);
        events.EndNested(output);
        Close(output);
    }

    public void Close(IBufferWriter<byte> output)
    {
        if (_open is null)
        {
            return;
        }

        if (_pieces.Rest() is { Length: > 0 } rest)
        {
            var text = _open == TextBlock;
            Delta(output, text ? "text_delta" : "thinking_delta", text ? "text" : "thinking", rest);
        }

        events.Begin(output, "content_block_stop"u8).WriteNumber("index", _blocks - 1);
        events.End(output);
        (_open, _foreign) = (null, false);
    }

    private string Piece(IBufferWriter<byte> output, string block, string text)
    {
        if (text.Length > 0 && (_open != block || _foreign))
        {
            Close(output);
            Action<Utf8JsonWriter, string> write = block == TextBlock ? AnthropicBlockWriter.Text : AnthropicBlockWriter.Thinking;
            write(BeginStart(output), "");
            EndStart(output, block);
        }

        return _pieces.Take(text);
    }

    private Utf8JsonWriter BeginStart(IBufferWriter<byte> output)
    {
        var json = events.Begin(output, "content_block_start"u8);
        json.WriteNumber("index", _blocks);
        json.WritePropertyName("content_block");
        return json;
    }

    private void EndStart(IBufferWriter<byte> output, string block)
    {
        events.End(output);
        _blocks++;
        _open = block;
    }

    private void Delta(IBufferWriter<byte> output, string type, string property, string text)
    {
        BeginDelta(output, type).WriteString(property, AnthropicJson.Whole(text));
        events.EndNested(output);
    }

    private Utf8JsonWriter BeginDelta(IBufferWriter<byte> output, string type)
    {
        var json = events.Begin(output, "content_block_delta"u8);
        json.WriteNumber("index", _blocks - 1);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        return json;
    }
}

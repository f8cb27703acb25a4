using System.Buffers;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes a streamed message, from <c>message_start</c> to <c>message_stop</c>.</summary>
internal sealed class AnthropicStreamWriter : WireStream
{
    private readonly AnthropicEvents _events = new();
    private readonly AnthropicStop _stop = new();
    private readonly UsageDetails _usage = new();
    private readonly AnthropicStreamBlocks _blocks;
    private readonly WireAnswer _answer;
    private bool _begun;

    public AnthropicStreamWriter(WireAnswer answer, WireStreamBegun? begun)
    {
        _answer = answer;
        _begun = begun is not null;
        _blocks = new AnthropicStreamBlocks(_events, answer, begun);
        if (begun?.Usage is { } told)
        {
            _usage.Add(told);
        }
    }

    public override void Write(IBufferWriter<byte> output, ChatResponseUpdate update)
    {
        _stop.See(update.FinishReason);
        foreach (var usage in update.Contents.OfType<UsageContent>())
        {
            _usage.Add(usage.Details);
        }

        Begin(output);
        foreach (var content in update.Contents)
        {
            _stop.See(content);
            switch (content)
            {
                case TextReasoningContent reasoning:
                    _blocks.Thinking(output, reasoning.Text);
                    break;
                case TextContent text:
                    _blocks.Text(output, text.Text);
                    break;
                case FunctionCallContent call:
                    _blocks.Call(output, call);
                    break;
                default:
                    _blocks.Text(output, AnthropicStop.Refusal(content) ?? "");
                    break;
            }
        }
    }

    public override void End(IBufferWriter<byte> output)
    {
        Begin(output);
        _blocks.Close(output);
        var json = _events.Begin(output, "message_delta"u8);
        json.WriteStartObject("delta");
        json.WriteString("stop_reason", _stop.Reason);
        json.WriteNull("stop_sequence");
        json.WriteEndObject();
        AnthropicUsage.Write(json, _usage);
        _events.End(output);
        _events.Begin(output, "message_stop"u8);
        _events.End(output);
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        var json = _events.Begin(output, "message_start"u8);
        json.WriteStartObject("message");
        AnthropicReply.WriteHead(json, _answer);
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteNull("stop_reason");
        json.WriteNull("stop_sequence");
        AnthropicUsage.Write(json, _usage);
        json.WriteEndObject();
        _events.End(output);
    }
}

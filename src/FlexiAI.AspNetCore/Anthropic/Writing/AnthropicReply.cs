using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes a message object.</summary>
internal static class AnthropicReply
{
    public static void Write(IBufferWriter<byte> output, ChatResponse response, WireAnswer answer)
    {
        using var json = new Utf8JsonWriter(output, AnthropicJson.Options);
        var stop = new AnthropicStop();
        stop.See(response.FinishReason);
        json.WriteStartObject();
        WriteHead(json, answer);
        json.WriteStartArray("content");
        WriteBlocks(json, response.Messages.SelectMany(message => message.Contents), answer, stop);
        json.WriteEndArray();
        json.WriteString("stop_reason", stop.Reason);
        json.WriteNull("stop_sequence");
        AnthropicUsage.Write(json, response.Usage);
        json.WriteEndObject();
    }

    /// <summary>Writes what a message tells of itself before its content.</summary>
    public static void WriteHead(Utf8JsonWriter json, WireAnswer answer)
    {
        json.WriteString("id", "msg_" + answer.Id);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", answer.Model);
    }

    private static void WriteBlocks(Utf8JsonWriter json, IEnumerable<AIContent> contents, WireAnswer answer, AnthropicStop stop)
    {
        // Pieces of one kind that stand side by side are one block, as they are in a stream.
        var (text, thinking, blocks) = (new StringBuilder(), new StringBuilder(), 0);
        foreach (var content in contents)
        {
            stop.See(content);
            switch (content)
            {
                case TextReasoningContent reasoning:
                    Flush(text, AnthropicBlockWriter.Text);
                    thinking.Append(reasoning.Text);
                    break;
                case FunctionCallContent call:
                    FlushBoth();
                    AnthropicBlockWriter.ToolUse(json, call, AnthropicBlockWriter.SpareId(answer, blocks++), call.Arguments);
                    break;
                default:
                    if (((content as TextContent)?.Text ?? AnthropicStop.Refusal(content)) is { Length: > 0 } said)
                    {
                        Flush(thinking, AnthropicBlockWriter.Thinking);
                        text.Append(said);
                    }

                    break;
            }
        }

        FlushBoth();

        void FlushBoth()
        {
            Flush(thinking, AnthropicBlockWriter.Thinking);
            Flush(text, AnthropicBlockWriter.Text);
        }

        void Flush(StringBuilder collected, Action<Utf8JsonWriter, string> write)
        {
            if (collected.Length > 0)
            {
                write(json, collected.ToString());
                collected.Clear();
                blocks++;
            }
        }
    }
}

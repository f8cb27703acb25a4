using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The events of a streamed message, from <c>message_start</c> to <c>message_stop</c>.</summary>
internal sealed class AnthropicStream(AnthropicMessage message, SimulatedAnswer answer)
{
    public IEnumerable<Frame> Frames()
    {
        yield return Frame.Event(FrameKind.Head, new JsonObject { ["type"] = "message_start", ["message"] = message.Envelope([], null, 1) });
        yield return Frame.Event(FrameKind.Head, new JsonObject { ["type"] = "ping" });
        foreach (var frame in Blocks().SelectMany((block, index) => Block(index, block.Start, block.Deltas)))
        {
            yield return frame;
        }

        yield return Frame.Event(FrameKind.Tail, new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = message.StopReason, ["stop_sequence"] = null },
            ["usage"] = message.Usage(Tokens.Output(answer)),
        });
        yield return Frame.Event(FrameKind.Done, new JsonObject { ["type"] = "message_stop" });
    }

    private IEnumerable<(JsonObject Start, IEnumerable<JsonObject> Deltas)> Blocks()
    {
        if (answer.Reasoning is { } reasoning)
        {
            yield return (
                AnthropicMessage.Thinking("", ""),
                Tokens.Split(reasoning).Select(token => Delta("thinking_delta", "thinking", token))
                    .Append(Delta("signature_delta", "signature", AnthropicMessage.Signature)));
        }

        if (answer.Text.Length > 0)
        {
            yield return (AnthropicMessage.Text(""), Tokens.Split(answer.Text).Select(token => Delta("text_delta", "text", token)));
        }

        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            var pieces = Tokens.SplitArguments(answer.ToolCalls[i].ArgumentsJson).Prepend("");
            yield return (message.ToolUse(i, new JsonObject()), pieces.Select(piece => Delta("input_json_delta", "partial_json", piece)));
        }
    }

    private static JsonObject Delta(string type, string property, string value) => new() { ["type"] = type, [property] = value };

    private static IEnumerable<Frame> Block(int index, JsonObject start, IEnumerable<JsonObject> deltas)
    {
        yield return Frame.Event(FrameKind.Block, new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = start });
        foreach (var delta in deltas)
        {
            yield return Frame.Event(FrameKind.Token, new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta });
        }

        yield return Frame.Event(FrameKind.Block, new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
    }
}

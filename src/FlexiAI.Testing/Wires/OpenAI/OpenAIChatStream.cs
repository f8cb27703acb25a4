using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The chunks of a streamed chat completion: role, content, finish reason, usage when asked for, <c>[DONE]</c>.</summary>
internal sealed class OpenAIChatStream(OpenAIChat chat, SimulatedRequest request, SimulatedAnswer answer)
{
    private readonly bool _withUsage = request.Json.Get("stream_options").IsTrue("include_usage");

    public IEnumerable<Frame> Frames()
    {
        foreach (var frame in PerChoice(FrameKind.Head, () => new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }))
        {
            yield return frame;
        }

        foreach (var frame in Content().SelectMany(delta => PerChoice(FrameKind.Token, delta)))
        {
            yield return frame;
        }

        foreach (var frame in PerChoice(FrameKind.Tail, () => [], chat.FinishReason))
        {
            yield return frame;
        }

        if (_withUsage)
        {
            var last = chat.Envelope("chat.completion.chunk", []);
            last["usage"] = chat.Usage();
            yield return Frame.Data(FrameKind.Tail, last);
        }

        yield return new Frame(FrameKind.Done, "data: [DONE]\n\n");
    }

    private IEnumerable<Func<JsonObject>> Content()
    {
        foreach (var token in Tokens.Split(answer.Reasoning ?? ""))
        {
            yield return () => new JsonObject { ["reasoning_content"] = token };
        }

        foreach (var token in Tokens.Split(answer.Text))
        {
            yield return () => new JsonObject { ["content"] = token };
        }

        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            var (index, call) = (i, answer.ToolCalls[i]);
            yield return () => Call(index, new JsonObject { ["name"] = call.Name, ["arguments"] = "" }, chat.CallId(index));
            foreach (var piece in Tokens.SplitArguments(call.ArgumentsJson))
            {
                yield return () => Call(index, new JsonObject { ["arguments"] = piece });
            }
        }
    }

    private static JsonObject Call(int index, JsonObject function, string? id = null)
    {
        var call = new JsonObject { ["index"] = index };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
        }

        call["function"] = function;
        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private IEnumerable<Frame> PerChoice(FrameKind kind, Func<JsonObject> delta, string? finishReason = null)
    {
        for (var i = 0; i < chat.Choices; i++)
        {
            var chunk = chat.Envelope("chat.completion.chunk", new JsonArray(new JsonObject
            {
                ["index"] = i,
                ["delta"] = delta(),
                ["logprobs"] = null,
                ["finish_reason"] = finishReason,
            }));
            if (_withUsage)
            {
                chunk["usage"] = null;
            }

            yield return Frame.Data(kind, chunk);
        }
    }
}

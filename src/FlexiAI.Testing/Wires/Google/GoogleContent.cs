using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The generate-content response. A stream is a sequence of the same object, the last with the finish reason.</summary>
internal sealed class GoogleContent(WireFacts facts, SimulatedRequest request, SimulatedAnswer answer)
{
    private string FinishReason => answer.EffectiveFinish switch
    {
        SimulatedFinish.Length => "MAX_TOKENS",
        SimulatedFinish.ContentFilter => "SAFETY",
        _ => "STOP",
    };

    public static WireReply Blocked(WireFacts facts, SimulatedRequest request)
    {
        var body = new JsonObject
        {
            ["promptFeedback"] = new JsonObject { ["blockReason"] = "PROHIBITED_CONTENT" },
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = Tokens.Input(request, new SimulatedAnswer()),
                ["totalTokenCount"] = Tokens.Input(request, new SimulatedAnswer()),
            },
            ["modelVersion"] = request.Model,
            ["responseId"] = facts.Id(request, "response"),
        };
        return request.IsStreaming ? WireReply.Stream([Frame.Data(FrameKind.Tail, body)]) with { Body = body } : WireReply.Whole(body);
    }

    public WireReply Whole()
    {
        var parts = new JsonArray();
        if (answer.Reasoning is { } reasoning)
        {
            parts.Add((JsonNode)Thought(reasoning));
        }

        if (answer.Text.Length > 0)
        {
            parts.Add((JsonNode)Text(answer.Text));
        }

        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            parts.Add((JsonNode)Call(i));
        }

        return WireReply.Whole(Response(parts, FinishReason), Tokens.Output(answer));
    }

    public IEnumerable<Frame> Frames()
    {
        var parts = Tokens.Split(answer.Reasoning ?? "").Select(Thought)
            .Concat(Tokens.Split(answer.Text).Select(Text))
            .Concat(answer.ToolCalls.Select((_, i) => Call(i)));
        foreach (var part in parts)
        {
            yield return Frame.Data(FrameKind.Token, Response(new JsonArray(part), null));
        }

        yield return Frame.Data(FrameKind.Tail, Response(new JsonArray(Text("")), FinishReason));
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Thought(string text) => new() { ["text"] = text, ["thought"] = true };

    private JsonObject Call(int index)
    {
        var call = answer.ToolCalls[index];
        var function = new JsonObject { ["name"] = call.Name, ["args"] = JsonNode.Parse(call.ArgumentsJson) };
        if (call.Id is { } id)
        {
            function["id"] = id;
        }

        return new JsonObject { ["functionCall"] = function };
    }

    private JsonObject Response(JsonArray parts, string? finishReason)
    {
        var candidate = new JsonObject { ["content"] = new JsonObject { ["parts"] = parts, ["role"] = "model" } };
        if (finishReason is not null)
        {
            candidate["finishReason"] = finishReason;
        }

        candidate["index"] = 0;
        candidate["safetyRatings"] = new JsonArray(new JsonObject
        {
            ["category"] = "HARM_CATEGORY_DANGEROUS_CONTENT",
            ["probability"] = finishReason == "SAFETY" ? "HIGH" : "NEGLIGIBLE",
        });
        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = GoogleUsage.Of(request, answer),
            ["modelVersion"] = request.Model,
            ["responseId"] = facts.Id(request, "response"),
        };
    }
}

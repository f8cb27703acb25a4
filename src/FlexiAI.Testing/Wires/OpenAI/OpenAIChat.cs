using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The chat completion object, and the parts it shares with its chunks.</summary>
internal sealed class OpenAIChat(WireFacts facts, SimulatedRequest request, SimulatedAnswer answer)
{
    public int Choices { get; } = Math.Clamp(request.Json.Number("n") ?? 1, 1, 128);

    public string FinishReason => answer.EffectiveFinish switch
    {
        SimulatedFinish.Length => "length",
        SimulatedFinish.ToolCalls => "tool_calls",
        SimulatedFinish.ContentFilter => "content_filter",
        _ => "stop",
    };

    public WireReply Whole()
    {
        var choices = new JsonArray();
        for (var i = 0; i < Choices; i++)
        {
            choices.Add((JsonNode)new JsonObject
            {
                ["index"] = i,
                ["message"] = Message(),
                ["logprobs"] = null,
                ["finish_reason"] = FinishReason,
            });
        }

        var body = Envelope("chat.completion", choices);
        body["usage"] = Usage();
        return WireReply.Whole(body, Tokens.Output(answer));
    }

    public JsonObject Envelope(string kind, JsonArray choices) => new()
    {
        ["id"] = "chatcmpl-" + facts.Id(request, "completion"),
        ["object"] = kind,
        ["created"] = facts.UnixSeconds,
        ["model"] = request.Model,
        ["service_tier"] = "default",
        ["system_fingerprint"] = "fp_simulated",
        ["choices"] = choices,
    };

    public JsonObject Usage()
    {
        var (input, output) = (Tokens.Input(request, answer), Tokens.Output(answer) * Choices);
        return new JsonObject
        {
            ["prompt_tokens"] = input,
            ["completion_tokens"] = output,
            ["total_tokens"] = input + output,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = answer.CachedInputTokens, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject
            {
                ["reasoning_tokens"] = Tokens.Count(answer.Reasoning),
                ["audio_tokens"] = 0,
                ["accepted_prediction_tokens"] = 0,
                ["rejected_prediction_tokens"] = 0,
            },
        };
    }

    public string CallId(int index) => answer.ToolCalls[index].Id ?? "call_" + facts.Id(request, "call", index);

    private JsonObject Message()
    {
        var onlyCalls = answer.ToolCalls.Count > 0 && answer.Text.Length == 0;
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = onlyCalls ? null : answer.Text,
            ["refusal"] = null,
            ["annotations"] = new JsonArray(),
        };
        if (answer.Reasoning is { } reasoning)
        {
            // Not OpenAI's own field, but the one its compatible servers agree on.
            message["reasoning_content"] = reasoning;
        }

        if (answer.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. answer.ToolCalls.Select((call, i) => (JsonNode)new JsonObject
            {
                ["id"] = CallId(i),
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.ArgumentsJson },
            })]);
        }

        return message;
    }
}

using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The message object: its content blocks, stop reason and usage.</summary>
internal sealed class AnthropicMessage(WireFacts facts, SimulatedRequest request, SimulatedAnswer answer)
{
    public string StopReason => answer.EffectiveFinish switch
    {
        SimulatedFinish.Length => "max_tokens",
        SimulatedFinish.ToolCalls => "tool_use",
        SimulatedFinish.ContentFilter => "refusal",
        _ => "end_turn",
    };

    public WireReply Whole()
    {
        var content = new JsonArray();
        if (answer.Reasoning is { } reasoning)
        {
            content.Add((JsonNode)Thinking(reasoning, Signature));
        }

        if (answer.Text.Length > 0)
        {
            content.Add((JsonNode)Text(answer.Text));
        }

        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            content.Add((JsonNode)ToolUse(i, JsonNode.Parse(answer.ToolCalls[i].ArgumentsJson)!));
        }

        return WireReply.Whole(Envelope(content, StopReason, Tokens.Output(answer)), Tokens.Output(answer));
    }

    public JsonObject Envelope(JsonArray content, string? stopReason, int outputTokens) => new()
    {
        ["id"] = "msg_" + facts.Id(request, "message"),
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = request.Model,
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = Usage(outputTokens),
    };

    /// <summary>Anthropic's <c>input_tokens</c> leave out what came from the cache.</summary>
    public JsonObject Usage(int outputTokens) => new()
    {
        ["input_tokens"] = Math.Max(0, Tokens.Input(request, answer) - answer.CachedInputTokens),
        ["cache_creation_input_tokens"] = 0,
        ["cache_read_input_tokens"] = answer.CachedInputTokens,
        ["output_tokens"] = outputTokens,
        ["service_tier"] = "standard",
    };

    public JsonObject ToolUse(int index, JsonNode input) => new()
    {
        ["type"] = "tool_use",
        ["id"] = answer.ToolCalls[index].Id ?? "toolu_" + facts.Id(request, "call", index),
        ["name"] = answer.ToolCalls[index].Name,
        ["input"] = input,
    };

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public static JsonObject Thinking(string text, string signature) => new() { ["type"] = "thinking", ["thinking"] = text, ["signature"] = signature };

    public const string Signature = "c2ltdWxhdGVk";
}

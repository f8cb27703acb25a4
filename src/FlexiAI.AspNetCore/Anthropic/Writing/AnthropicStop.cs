using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Collects why an answer ended, in Anthropic's words.</summary>
internal sealed class AnthropicStop
{
    private ChatFinishReason? _finish;
    private bool _called;
    private bool _refused;

    public void See(ChatFinishReason? finish) => _finish = finish ?? _finish;

    public void See(AIContent content)
    {
        _called |= content is FunctionCallContent;
        _refused |= Refusal(content) is not null;
    }

    public string Reason => _finish?.Value switch
    {
        _ when _refused => "refusal",
        "length" => "max_tokens",
        "content_filter" => "refusal",
        "tool_calls" => "tool_use",
        "stop_sequence" or "pause_turn" or "model_context_window_exceeded" => _finish.Value.Value,

        // Some providers end with "stop" however many calls there are; callers look for tools to run by the reason alone.
        _ => _called ? "tool_use" : "end_turn",
    };

    /// <summary>The words of a model that refused, which OpenAI has beside the text.</summary>
    public static string? Refusal(AIContent content) => content is ErrorContent { ErrorCode: "Refusal", Message: { Length: > 0 } words } ? words : null;
}

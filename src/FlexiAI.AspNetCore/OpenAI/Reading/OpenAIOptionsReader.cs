using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads what a request asks for besides its conversation.</summary>
internal static class OpenAIOptionsReader
{
    public static ChatOptions Read(OpenAIField request)
    {
        var tools = OpenAIToolReader.Tools(request.Find("tools"));
        return new ChatOptions
        {
            Temperature = request.Find("temperature")?.Number(0, 2),
            TopP = request.Find("top_p")?.Number(0, 1),
            FrequencyPenalty = request.Find("frequency_penalty")?.Number(-2, 2),
            PresencePenalty = request.Find("presence_penalty")?.Number(-2, 2),
            MaxOutputTokens = MaxTokens(request),
            StopSequences = Stop(request.Find("stop")),
            Seed = request.Find("seed")?.Whole(long.MinValue, long.MaxValue),
            ResponseFormat = OpenAIFormatReader.Read(request.Find("response_format")),
            Reasoning = Reasoning(request.Find("reasoning_effort")),
            Tools = tools,
            ToolMode = OpenAIToolReader.Choice(request.Find("tool_choice"), tools),
            AllowMultipleToolCalls = request.Find("parallel_tool_calls")?.Bool(),
        };
    }

    private static int? MaxTokens(OpenAIField request)
    {
        var old = request.Find("max_tokens");
        var most = (int?)old?.Whole(1, int.MaxValue);
        var completion = (int?)request.Find("max_completion_tokens")?.Whole(1, int.MaxValue);
        return most is not null && completion is not null && most != completion
            ? throw old!.Wrong("left out, or the same as max_completion_tokens")
            : completion ?? most;
    }

    private static List<string>? Stop(OpenAIField? stop) => stop?.Value.ValueKind switch
    {
        null => null,
        JsonValueKind.String => [stop.Text()],
        JsonValueKind.Array => [.. stop.Items().Select(item => item.Text())],
        _ => throw stop.Wrong("a string or an array of strings"),
    };

    private static ReasoningOptions? Reasoning(OpenAIField? effort) => effort is null ? null : new ReasoningOptions
    {
        Effort = effort.Text() switch
        {
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => throw effort.Wrong("\"none\", \"minimal\", \"low\", \"medium\", \"high\" or \"xhigh\""),
        },
    };
}

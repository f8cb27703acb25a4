using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads how much the model is to think, and whether it is to be shown.</summary>
internal static class AnthropicThinking
{
    private const int LeastBudget = 1024;
    private const int MediumBudget = 4096;
    private const int HighBudget = 16384;

    public static void Read(AnthropicField root, ChatOptions options)
    {
        var effort = root.Find("output_config")?.Find("effort") is { } word ? Effort(word) : (ReasoningEffort?)null;
        if (root.Find("thinking") is { } thinking)
        {
            options.Reasoning = Thinking(thinking, effort);
        }
        else if (effort is not null)
        {
            options.Reasoning = new ReasoningOptions { Effort = effort };
        }
    }

    private static ReasoningOptions Thinking(AnthropicField thinking, ReasoningEffort? effort)
    {
        var type = thinking.Require("type");
        return type.Text("enabled, adaptive, disabled") switch
        {
            "disabled" => new ReasoningOptions { Effort = ReasoningEffort.None },
            "adaptive" => new ReasoningOptions { Effort = effort, Output = Output(thinking) },
            "enabled" => new ReasoningOptions
            {
                Effort = Budget(thinking.Require("budget_tokens").Integer(LeastBudget), effort),
                Output = Output(thinking),
            },
            _ => throw type.Wrong("enabled, adaptive, disabled"),
        };
    }

    // Not every model of other makers knows more than "high".
    private static ReasoningEffort Budget(int tokens, ReasoningEffort? effort) => effort ?? tokens switch
    {
        < MediumBudget => ReasoningEffort.Low,
        < HighBudget => ReasoningEffort.Medium,
        _ => ReasoningEffort.High,
    };

    private static ReasoningEffort Effort(AnthropicField effort) => effort.Text("low, medium, high, xhigh, max") switch
    {
        "low" => ReasoningEffort.Low,
        "medium" => ReasoningEffort.Medium,
        "high" => ReasoningEffort.High,
        "xhigh" or "max" => ReasoningEffort.ExtraHigh,
        _ => throw effort.Wrong("low, medium, high, xhigh, max"),
    };

    private static ReasoningOutput Output(AnthropicField thinking) => thinking.Find("display") is not { } display
        ? ReasoningOutput.Summary
        : display.Text("summarized, omitted") switch
        {
            "summarized" => ReasoningOutput.Summary,
            "omitted" => ReasoningOutput.None,
            _ => throw display.Wrong("summarized, omitted"),
        };
}

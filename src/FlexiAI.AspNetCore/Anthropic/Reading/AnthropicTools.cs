using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the tools and which of them the model is to call.</summary>
internal static class AnthropicTools
{
    public static void Read(AnthropicField root, ChatOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (root.Find("tools") is { } tools)
        {
            var read = tools.Items().Select(tool => (AITool)Tool(tool, names)).ToList();
            options.Tools = read.Count > 0 ? read : null;
        }

        if (root.Find("tool_choice") is { } choice)
        {
            options.ToolMode = Mode(choice, names);
            options.AllowMultipleToolCalls = choice.Find("disable_parallel_tool_use")?.Flag() == true ? false : null;
        }
    }

    private static AnthropicTool Tool(AnthropicField tool, HashSet<string> names)
    {
        if (tool.Find("type") is { } type && type.Text() != "custom")
        {
            throw type.OnlyAnthropic("a tool of Anthropic's own");
        }

        var name = tool.Require("name");
        return names.Add(name.NotEmpty())
            ? new AnthropicTool(
                name.Text(),
                tool.Find("description")?.Text() ?? "",
                tool.Require("input_schema").Object(),
                tool.Find("strict")?.Flag() == true)
            : throw name.Wrong("a name that no other tool has");
    }

    private static ChatToolMode Mode(AnthropicField choice, HashSet<string> names)
    {
        var type = choice.Require("type");
        switch (type.Text("auto, any, tool, none"))
        {
            case "auto":
                return ChatToolMode.Auto;
            case "none":
                return ChatToolMode.None;
            case "any":
                return names.Count > 0 ? ChatToolMode.RequireAny : throw type.Wrong("auto, none, since the request has no tools");
            case "tool":
                var name = choice.Require("name");
                return names.Contains(name.Text()) ? ChatToolMode.RequireSpecific(name.Text()) : throw name.Wrong("the name of one of the tools");
            default:
                throw type.Wrong("auto, any, tool, none");
        }
    }
}

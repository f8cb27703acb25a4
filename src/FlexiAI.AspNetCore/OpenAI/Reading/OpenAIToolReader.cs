using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the tools and how freely the model may use them.</summary>
internal static class OpenAIToolReader
{
    public static List<AITool>? Tools(OpenAIField? tools)
    {
        List<AITool>? read = tools is null ? null : [.. tools.Items().Select(Tool)];
        return read is { Count: > 0 } ? read : null;
    }

    public static ChatToolMode? Choice(OpenAIField? choice, List<AITool>? tools) => choice?.Value.ValueKind switch
    {
        null => null,
        JsonValueKind.String => choice.Text() switch
        {
            "none" => ChatToolMode.None,
            "auto" => ChatToolMode.Auto,
            "required" when tools is not null => ChatToolMode.RequireAny,
            "required" => throw choice.Wrong("\"none\" or \"auto\" where there are no tools"),
            _ => throw choice.Wrong("\"none\", \"auto\", \"required\" or a function by name"),
        },
        JsonValueKind.Object => Named(choice, tools),
        _ => throw choice.Wrong("\"none\", \"auto\", \"required\" or a function by name"),
    };

    private static OpenAIToolDeclaration Tool(OpenAIField tool)
    {
        var type = tool.Object().Need("type");
        if (type.Text() != "function")
        {
            throw type.NotCarried("it must be \"function\"");
        }

        var function = tool.Need("function").Object();
        return new OpenAIToolDeclaration(
            function.Need("name").Name(),
            function.Find("description")?.Text() ?? "",
            function.Find("parameters")?.Object().Value.Clone(),
            function.Find("strict")?.Bool());
    }

    private static RequiredChatToolMode Named(OpenAIField choice, List<AITool>? tools)
    {
        var type = choice.Need("type");
        if (type.Text() != "function")
        {
            throw type.NotCarried("it must be \"function\"");
        }

        var name = choice.Need("function").Object().Need("name");
        var wanted = name.Name();
        return tools?.Exists(tool => tool.Name == wanted) == true
            ? ChatToolMode.RequireSpecific(wanted)
            : throw name.Wrong("the name of one of the tools");
    }
}

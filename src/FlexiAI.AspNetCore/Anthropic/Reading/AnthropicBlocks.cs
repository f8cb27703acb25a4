using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads content blocks.</summary>
internal static class AnthropicBlocks
{
    private const string UserTypes = "text, image, document, tool_result";
    private const string AssistantTypes = "text, tool_use, thinking, redacted_thinking";

    public static string TypeOf(AnthropicField block) => block.Require("type").Text();

    /// <summary>A block of a place that has text alone.</summary>
    public static AIContent TextOnly(AnthropicField block) => TypeOf(block) == "text" ? Text(block) : throw block.Require("type").Wrong("text");

    public static IEnumerable<AIContent> OfUser(AnthropicField block) => TypeOf(block) switch
    {
        "text" => [Text(block)],
        "image" => [AnthropicMedia.Image(block)],
        "document" => AnthropicMedia.Document(block),
        _ => throw Other(block, UserTypes),
    };

    public static AIContent OfAssistant(AnthropicField block) => TypeOf(block) switch
    {
        "text" => Text(block),
        "tool_use" => Call(block),
        "thinking" => Thinking(block),
        "redacted_thinking" => new TextReasoningContent(null) { ProtectedData = block.Require("data").Text() },
        _ => throw Other(block, AssistantTypes),
    };

    /// <summary>What is wrong with a block that none of the allowed types has.</summary>
    public static WireException Other(AnthropicField block, string allowed)
    {
        var type = block.Require("type");
        return type.Text() is "text" or "image" or "document" or "tool_use" or "tool_result" or "thinking" or "redacted_thinking"
            ? type.Wrong(allowed)
            : type.OnlyAnthropic($"\"{Short(type.Text())}\"");
    }

    private static TextContent Text(AnthropicField block) => new(block.Require("text").Text());

    private static TextReasoningContent Thinking(AnthropicField block) => new(block.Require("thinking").Text())
    {
        // A block that was written for another wire's provider has an empty signature.
        ProtectedData = block.Find("signature")?.Text() is { Length: > 0 } signature ? signature : null,
    };

    private static FunctionCallContent Call(AnthropicField block)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in block.Require("input").Object().EnumerateObject())
        {
            arguments[argument.Name] = argument.Value;
        }

        return new FunctionCallContent(block.Require("id").NotEmpty(), block.Require("name").NotEmpty(), arguments);
    }

    private static string Short(string type) => type.Length <= 60 ? type : type[..60];
}

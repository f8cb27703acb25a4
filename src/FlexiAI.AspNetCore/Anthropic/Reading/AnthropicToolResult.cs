using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads a tool's result.</summary>
internal static class AnthropicToolResult
{
    /// <param name="block">The <c>tool_result</c> block.</param>
    /// <param name="calls">The ids of the calls so far.</param>
    /// <param name="media">Takes the result's images and documents.</param>
    public static FunctionResultContent Read(AnthropicField block, HashSet<string> calls, List<AIContent> media)
    {
        var id = block.Require("tool_use_id");
        if (!calls.Contains(id.NotEmpty()))
        {
            throw id.Wrong("the id of a tool_use block of an earlier assistant message");
        }

        var text = block.Find("content") is { } content ? Text(content, media) : "";
        return new FunctionResultContent(id.Text(), text)
        {
            Exception = block.Find("is_error")?.Flag() == true ? new InvalidOperationException(text) : null,
        };
    }

    private static string Text(AnthropicField content, List<AIContent> media)
    {
        if (content.IsText)
        {
            return content.Text();
        }

        List<string> texts = [];
        foreach (var block in content.Items("a string or an array of content blocks"))
        {
            if (AnthropicBlocks.TypeOf(block) is not ("text" or "image" or "document"))
            {
                throw AnthropicBlocks.Other(block, "text, image, document");
            }

            foreach (var read in AnthropicBlocks.OfUser(block))
            {
                if (read is TextContent text)
                {
                    texts.Add(text.Text);
                }
                else
                {
                    media.Add(read);
                }
            }
        }

        return string.Join('\n', texts);
    }
}

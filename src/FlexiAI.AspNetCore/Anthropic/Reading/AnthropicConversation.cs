using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the system instructions and the messages.</summary>
internal sealed class AnthropicConversation
{
    private const string Roles = "user, assistant, system";

    private readonly List<ChatMessage> _messages = [];
    private readonly HashSet<string> _calls = [];

    public IReadOnlyList<ChatMessage> Messages => _messages;

    public void AddSystem(AnthropicField? system)
    {
        if (system is { } given)
        {
            Add(ChatRole.System, given.IsText ? Text(given) : [.. given.Items("a string or an array of text blocks").Select(AnthropicBlocks.TextOnly)]);
        }
    }

    public void AddAll(AnthropicField messages)
    {
        var any = false;
        foreach (var message in messages.Items())
        {
            any = true;
            var (role, content) = (message.Require("role"), message.Require("content"));
            switch (role.Text(Roles))
            {
                case "user":
                    AddUser(content);
                    break;
                case "assistant":
                    AddAssistant(content);
                    break;
                case "system":
                    AddSystem(content);
                    break;
                default:
                    throw role.Wrong(Roles);
            }
        }

        if (!any)
        {
            throw messages.Wrong("at least one message");
        }
    }

    private void AddUser(AnthropicField content)
    {
        if (content.IsText)
        {
            _messages.Add(new ChatMessage(ChatRole.User, content.Text()));
            return;
        }

        // Results are a message of their own, right behind their calls; other wires' results are text, so their images follow as the user's.
        List<AIContent> results = [];
        List<AIContent> rest = [];
        foreach (var block in Blocks(content))
        {
            if (AnthropicBlocks.TypeOf(block) == "tool_result")
            {
                results.Add(AnthropicToolResult.Read(block, _calls, rest));
            }
            else
            {
                rest.AddRange(AnthropicBlocks.OfUser(block));
            }
        }

        Add(ChatRole.Tool, results);
        Add(ChatRole.User, rest);
    }

    private void AddAssistant(AnthropicField content)
    {
        if (content.IsText)
        {
            _messages.Add(new ChatMessage(ChatRole.Assistant, content.Text()));
            return;
        }

        List<AIContent> contents = [];
        foreach (var block in Blocks(content))
        {
            var read = AnthropicBlocks.OfAssistant(block);
            if (read is FunctionCallContent call && !_calls.Add(call.CallId))
            {
                throw block.Require("id").Wrong("an id that no other tool_use block has");
            }

            contents.Add(read);
        }

        Add(ChatRole.Assistant, contents);
    }

    private void Add(ChatRole role, List<AIContent> contents)
    {
        if (contents.Count > 0)
        {
            _messages.Add(new ChatMessage(role, contents));
        }
    }

    private static IEnumerable<AnthropicField> Blocks(AnthropicField content) => content.Items("a string or an array of content blocks");

    private static List<AIContent> Text(AnthropicField field) => field.Text() is { Length: > 0 } text ? [new TextContent(text)] : [];
}

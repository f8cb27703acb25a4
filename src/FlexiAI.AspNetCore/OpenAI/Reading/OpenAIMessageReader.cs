using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the conversation.</summary>
internal sealed class OpenAIMessageReader
{
    private readonly List<ChatMessage> _messages = [];
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);

    public static List<ChatMessage> Read(OpenAIField messages)
    {
        var reader = new OpenAIMessageReader();
        foreach (var message in messages.Items())
        {
            reader.Add(message.Object());
        }

        return reader._messages.Count > 0 ? reader._messages : throw messages.Wrong("an array of one message or more");
    }

    private void Add(OpenAIField message)
    {
        var role = message.Need("role");
        var name = message.Find("name")?.Text();
        switch (role.Text())
        {
            case "system" or "developer":
                Add(ChatRole.System, name, Contents(message.Need("content"), OpenAIPartReader.Text));
                break;
            case "user":
                Add(ChatRole.User, name, Contents(message.Need("content"), OpenAIPartReader.User));
                break;
            case "assistant":
                Add(ChatRole.Assistant, name, Assistant(message));
                break;
            case "tool":
                AddResult(message);
                break;
            case "function":
                throw role.NotCarried("results stand in messages of the role \"tool\"");
            default:
                throw role.Wrong("\"system\", \"developer\", \"user\", \"assistant\" or \"tool\"");
        }
    }

    private void Add(ChatRole role, string? name, List<AIContent> contents)
    {
        // Clients send calls back with "" for the content that they came with; an empty text is an error on other wires.
        if (contents.Exists(static content => !IsEmpty(content)))
        {
            contents.RemoveAll(IsEmpty);
        }

        _messages.Add(new ChatMessage(role, contents) { AuthorName = name });
    }

    private static bool IsEmpty(AIContent content) => content is TextContent { Text.Length: 0 };

    // Reasoning of earlier turns (reasoning_content) is not read: servers that write it want it left out of the next request.
    private List<AIContent> Assistant(OpenAIField message)
    {
        foreach (var name in (ReadOnlySpan<string>)["audio", "function_call"])
        {
            if (message.Find(name) is { } field)
            {
                throw field.NotCarried("it must be left out");
            }
        }

        var content = message.Find("content");
        List<AIContent> contents = content is null ? [] : Contents(content, OpenAIPartReader.Assistant);
        if (message.Find("refusal")?.Text() is { Length: > 0 } refusal)
        {
            contents.Add(new TextContent(refusal));
        }

        foreach (var call in message.Find("tool_calls")?.Items() ?? [])
        {
            var read = OpenAICallReader.Read(call.Object());
            _calls.Add(read.CallId);
            contents.Add(read);
        }

        return contents.Count > 0 ? contents : throw new WireException(
            $"{message.Path}.content",
            $"{message.Path}.content is required where a message of the assistant has neither tool_calls nor a refusal.");
    }

    private void AddResult(OpenAIField message)
    {
        var id = message.Need("tool_call_id");
        if (!_calls.Contains(id.Text()))
        {
            throw id.Wrong("the id of a call in tool_calls of an earlier message of the assistant");
        }

        var text = string.Concat(Contents(message.Need("content"), OpenAIPartReader.Text).OfType<TextContent>().Select(part => part.Text));
        var result = new FunctionResultContent(id.Text(), text);

        // The results of parallel calls belong together; other wires want them in one turn.
        if (_messages[^1].Role == ChatRole.Tool)
        {
            _messages[^1].Contents.Add(result);
            return;
        }

        _messages.Add(new ChatMessage(ChatRole.Tool, [result]));
    }

    private static List<AIContent> Contents(OpenAIField content, Func<OpenAIField, AIContent> part) => content.Value.ValueKind switch
    {
        JsonValueKind.String => [new TextContent(content.Text())],
        JsonValueKind.Array when content.Value.GetArrayLength() > 0 => [.. content.Items().Select(item => part(item.Object()))],
        _ => throw content.Wrong("a string, or an array of one part or more"),
    };
}

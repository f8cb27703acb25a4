using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class OpenAIFuzzTests
{
    private const string Whole =
        """
        {"model":"m","stream":true,"stream_options":{"include_usage":true},"temperature":1,"top_p":0.5,"max_tokens":9,"stop":["a"],"seed":1,
        "frequency_penalty":0,"presence_penalty":0,"reasoning_effort":"low","n":1,"logprobs":false,"modalities":["text"],"parallel_tool_calls":true,
        "response_format":{"type":"json_schema","json_schema":{"name":"a","description":"d","strict":true,"schema":{"type":"object"}}},
        "tools":[{"type":"function","function":{"name":"f","description":"d","strict":false,"parameters":{"type":"object","properties":{}}}}],
        "tool_choice":{"type":"function","function":{"name":"f"}},
        "messages":[{"role":"system","content":"s"},{"role":"user","name":"u","content":[{"type":"text","text":"t"},
        {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},{"type":"image_url","image_url":{"url":"https://a/b.png"}},
        {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},{"type":"file","file":{"file_data":"data:application/pdf;base64,AAAA","filename":"a"}}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"x\":[1]}"}}]},
        {"role":"tool","tool_call_id":"c","content":"r"},{"role":"assistant","content":[{"type":"refusal","refusal":"r"}]}]}
        """;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e999", "-99999999999999999999", "0.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "[null]", "{}", "{\"type\":\"text\"}",
        "{\"type\":1}", "{\"\\udc00\":1}", "\"data:\"", "\"data:,\"", "\"data:;base64,A\"", "\"data:a;base64,AAAA\"", "\"data:image/png;base64,A A=\"", "\"http://\"", "\"https://[::\"", "\"file:///etc\"",
    ];

    [Fact]
    public void Whatever_is_changed_in_a_request_it_is_read_or_refused_by_the_name_of_a_field()
    {
        var random = new Random(20260101);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 5000; round++)
        {
            var body = Changed(random);
            try
            {
                Consume(OpenAIText.Read(body));
                read++;
            }
            catch (WireException exception)
            {
                Assert.False(string.IsNullOrEmpty(exception.Param), body);
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception}\n{body}");
            }
        }

        // Both happen, or the changes are none.
        Assert.True(read > 500 && refused > 500, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Whatever_byte_is_changed_a_request_is_read_or_refused()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 3000; round++)
        {
            var body = Encoding.UTF8.GetBytes(Whole);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var exception = Record.Exception(() => Consume(OpenAICallerWire.Instance.ReadChat(body)));
            Assert.True(exception is null or WireException, $"{exception}\n{Encoding.Latin1.GetString(body)}");
        }
    }

    /// <summary>Sets one value or two to another, or takes it away, or names it by half a character.</summary>
    private static string Changed(Random random)
    {
        const string Mark = "\"@@\"";
        var root = JsonNode.Parse(Whole)!;
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            var nodes = Nodes(root).ToList();
            var node = nodes[random.Next(nodes.Count)];
            if (random.Next(6) == 0 && node.Parent is JsonObject parent)
            {
                parent.Remove(node.GetPropertyName());
            }
            else
            {
                node.ReplaceWith("@@");
            }
        }

        var text = root.ToJsonString();
        while (text.Contains(Mark, StringComparison.Ordinal))
        {
            var at = text.IndexOf(Mark, StringComparison.Ordinal);
            text = string.Concat(text.AsSpan(0, at), Values[random.Next(Values.Length)], text.AsSpan(at + Mark.Length));
        }

        return text;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject value => value.Select(property => property.Value),
            JsonArray value => value,
            _ => [],
        };
        return inner.OfType<JsonNode>().SelectMany(child => Nodes(child).Prepend(child));
    }

    // What is put off until it is used must work as well.
    private static void Consume(WireChat chat)
    {
        foreach (var content in chat.Messages.SelectMany(message => message.Contents))
        {
            _ = content switch
            {
                DataContent data => data.Data.Length + data.Uri.Length + data.MediaType.Length,
                UriContent uri => uri.Uri.AbsoluteUri.Length,
                FunctionCallContent call => call.Arguments?.Values.Sum(value => value?.ToString()?.Length ?? 0) ?? 0,
                _ => content.ToString()!.Length,
            };
        }

        _ = chat.Options.Clone().Tools?.OfType<AIFunctionDeclaration>().Sum(tool => tool.JsonSchema.GetRawText().Length);
    }
}

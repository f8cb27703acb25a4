using System.Text;
using System.Text.Json.Nodes;
using static FlexiAI.Tests.AnthropicWireText;

namespace FlexiAI.Tests;

/// <summary>What is wrong with a request is told with its place; nothing else is ever thrown.</summary>
public sealed class AnthropicMalformedTests
{
    private const string Whole = """
        {"model":"m","max_tokens":2000,"temperature":0.5,"top_p":0.5,"top_k":4,"stop_sequences":["a","b"],"stream":true,
         "system":[{"type":"text","text":"s\ud83c\udf0d"}],"thinking":{"type":"enabled","budget_tokens":1024,"display":"omitted"},
         "output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object"}}},
         "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true}],"tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},
         "messages":[
          {"role":"user","content":[{"type":"text","text":"é"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},
            {"type":"image","source":{"type":"url","url":"https://x.example/a.png"}},
            {"type":"document","title":"t","source":{"type":"content","content":[{"type":"text","text":"x"}]}}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"redacted_thinking","data":"d"},
            {"type":"tool_use","id":"c","name":"f","input":{"a":[1,null,"x"]}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","is_error":true,"content":[{"type":"text","text":"r"}]}]}]}
        """;

    [Theory]
    [InlineData("max_tokens", """{"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("max_tokens", """{"max_tokens":0,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("max_tokens", """{"max_tokens":1.5,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("max_tokens", """{"max_tokens":"1","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("messages", """{"max_tokens":1}""")]
    [InlineData("messages", """{"max_tokens":1,"messages":[]}""")]
    [InlineData("messages", """{"max_tokens":1,"messages":"x"}""")]
    [InlineData("messages[0]", """{"max_tokens":1,"messages":["x"]}""")]
    [InlineData(null, "[]")]
    [InlineData(null, "{")]
    [InlineData(null, """{"a":"\ud83c"}""")]
    public void ABodyThatIsWrong(string? param, string body) => Throws(param, () => Read(body));

    [Theory]
    [InlineData("messages[0].role", """[{"content":"x"}]""")]
    [InlineData("messages[0].role", """[{"role":"tool","content":"x"}]""")]
    [InlineData("messages[0].content", """[{"role":"user"}]""")]
    [InlineData("messages[0].content", """[{"role":"user","content":7}]""")]
    [InlineData("messages[1].content[0].type", """[{"role":"user","content":"x"},{"role":"user","content":[{"text":"x"}]}]""")]
    [InlineData("messages[0].content[0].type", """[{"role":"user","content":[{"type":"tool_use","id":"x","name":"x","input":{}}]}]""")]
    [InlineData("messages[0].content[0].type", """[{"role":"assistant","content":[{"type":"image"}]}]""")]
    [InlineData("messages[0].content[0].text", """[{"role":"user","content":[{"type":"text"}]}]""")]
    [InlineData("messages[0].content[0].source", """[{"role":"user","content":[{"type":"image"}]}]""")]
    [InlineData("messages[0].content[0].source.media_type", """[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"AQID"}}]}]""")]
    [InlineData("messages[0].content[0].source.data", """[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%%"}}]}]""")]
    [InlineData("messages[0].content[0].source.url", """[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"file:///etc/passwd"}}]}]""")]
    [InlineData("messages[0].content[0].tool_use_id", """[{"role":"user","content":[{"type":"tool_result","tool_use_id":"x"}]}]""")]
    [InlineData("messages[0].content[0].input", """[{"role":"assistant","content":[{"type":"tool_use","id":"x","name":"x","input":"{}"}]}]""")]
    [InlineData("messages[0].content[1].id", """[{"role":"assistant","content":[{"type":"tool_use","id":"x","name":"x","input":{}},{"type":"tool_use","id":"x","name":"x","input":{}}]}]""")]
    public void AMessageThatIsWrong(string param, string messages) => Throws(param, () => ReadMessages(messages));

    [Theory]
    [InlineData("temperature", """ "temperature":1.01 """)]
    [InlineData("top_p", """ "top_p":1e400 """)]
    [InlineData("top_k", """ "top_k":-1 """)]
    [InlineData("stop_sequences[1]", """ "stop_sequences":["a",""] """)]
    [InlineData("system[0].type", """ "system":[{"type":"image"}] """)]
    [InlineData("tools[0].input_schema", """ "tools":[{"name":"f"}] """)]
    [InlineData("tools[1].name", """ "tools":[{"name":"f","input_schema":{}},{"name":"f","input_schema":{}}] """)]
    [InlineData("tool_choice.type", """ "tool_choice":{"type":"any"} """)]
    [InlineData("tool_choice.type", """ "tool_choice":{"type":"some"} """)]
    [InlineData("tool_choice.name", """ "tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"tool","name":"g"} """)]
    [InlineData("thinking.type", """ "thinking":{"type":"on"} """)]
    [InlineData("thinking.budget_tokens", """ "thinking":{"type":"enabled","budget_tokens":1023} """)]
    [InlineData("thinking.display", """ "thinking":{"type":"adaptive","display":"all"} """)]
    [InlineData("output_config.effort", """ "output_config":{"effort":"some"} """)]
    [InlineData("output_config.format.schema", """ "output_config":{"format":{"type":"json_schema"}} """)]
    [InlineData("output_format.type", """ "output_format":{"type":"text"} """)]
    public void AFieldThatIsWrong(string param, string fields) => Throws(param, () => ReadWith(fields));

    [Theory]
    [InlineData("mcp_servers", """ "mcp_servers":[{"name":"x"}] """)]
    [InlineData("container", """ "container":"c" """)]
    [InlineData("tools[0].type", """ "tools":[{"type":"web_search_20250305","name":"web_search"}] """)]
    public void WhatIsAnthropicsAlone_SaysWhereItWorks(string param, string fields) =>
        Assert.Contains("works with providers of Anthropic's wire", Throws(param, () => ReadWith(fields)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("messages[0].content[0].type", """[{"role":"assistant","content":[{"type":"server_tool_use","id":"x"}]}]""")]
    [InlineData("messages[0].content[0].source", """[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"x"}}]}]""")]
    [InlineData("messages[0].content[0].source", """[{"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://x"}}]}]""")]
    [InlineData("messages[0].content[0].citations", """[{"role":"user","content":[{"type":"document","citations":{"enabled":true}}]}]""")]
    public void ABlockThatIsAnthropicsAlone_SaysWhereItWorks(string param, string messages) =>
        Assert.Contains("works with providers of Anthropic's wire", Throws(param, () => ReadMessages(messages)).Message, StringComparison.Ordinal);

    [Fact]
    public void OfRandomChanges_NoneThrowsAnythingElse()
    {
        var random = new Random(20260);
        string[] values = ["null", "1", "-1e999", "\"\"", "\"x\"", "[]", "{}", "[{}]", "true", "\"\\ud800\"", "[null]", "\"text\""];
        var (whole, refused) = (Encoding.UTF8.GetBytes(Whole), 0);
        _ = Read(Whole);
        for (var i = 0; i < 6000; i++)
        {
            var body = i % 2 == 0 ? Bytes(random, whole) : Encoding.UTF8.GetBytes(Value(random, values));
            try
            {
                _ = AnthropicCallerWire.Instance.ReadChat(body);
            }
            catch (WireException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e}\n{Encoding.UTF8.GetString(body)}");
            }
        }

        Assert.InRange(refused, 2000, 5999);
    }

    private static byte[] Bytes(Random random, byte[] whole)
    {
        var body = (byte[])whole.Clone();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    // Puts another value where one stands, so that the body stays JSON.
    private static string Value(Random random, string[] values)
    {
        var node = JsonNode.Parse(Whole)!;
        while (true)
        {
            var (parent, key) = (node, random.Next(100));
            var child = parent switch
            {
                JsonObject o when o.Count > 0 => o.ElementAt(key % o.Count).Value,
                JsonArray a when a.Count > 0 => a[key % a.Count],
                _ => null,
            };
            if (child is JsonObject or JsonArray && random.Next(4) > 0)
            {
                node = child;
                continue;
            }

            return child is null
                ? Whole
                : Replace(child, values[random.Next(values.Length)]);
        }
    }

    private static string Replace(JsonNode child, string value)
    {
        const string Mark = "@@@";
        var root = child.Root;
        child.ReplaceWith(Mark);
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    private static WireException Throws(string? param, Action read)
    {
        var thrown = Assert.Throws<WireException>(read);
        Assert.Equal(param, thrown.Param);
        Assert.Contains(param ?? "body", thrown.Message, StringComparison.Ordinal);
        return thrown;
    }
}

using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using static FlexiAI.Tests.AnthropicWireText;

namespace FlexiAI.Tests;

/// <summary>Requests by hand: what no SDK of ours sends, but others do.</summary>
public sealed class AnthropicReadTests
{
    [Fact]
    public void SystemBlocksAreOneMessageOfThatManyTexts()
    {
        var chat = ReadWith("""
            "system":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}],
            "metadata":{"user_id":"u"},"service_tier":"auto","stream":true,"mcp_servers":[],"container":null,"no_such_field":{"x":1}
            """);
        Assert.Equal(["a", "b"], chat.Messages[0].Contents.Cast<TextContent>().Select(text => text.Text));
        Assert.Equal(ChatRole.System, chat.Messages[0].Role);
        Assert.Equal(10, chat.Options.MaxOutputTokens);
    }

    [Fact]
    public void InstructionsWithinTheConversationStayWhereTheyAre()
    {
        var messages = ReadMessages("""[{"role":"user","content":"a"},{"role":"system","content":"b"},{"role":"user","content":"c"}]""").Messages;
        Assert.Equal([("user", "a"), ("system", "b"), ("user", "c")], messages.Select(message => (message.Role.Value, message.Text)));
    }

    [Fact]
    public void SamplingIsRead()
    {
        var options = ReadWith(""" "temperature":0.5,"top_p":1,"top_k":40,"stop_sequences":["x"] """).Options;
        Assert.Equal((0.5f, 1f, 40), (options.Temperature, options.TopP, options.TopK));
        Assert.Equal(["x"], options.StopSequences!);
    }

    [Fact]
    public void AToolResultsBlocksAreOneText_AndItsImagesTheUsers()
    {
        var chat = ReadMessages("""
            [{"role":"user","content":"go"},
             {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}},{"type":"tool_use","id":"t2","name":"f","input":{}}]},
             {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"a"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},{"type":"text","text":"b"}]},
               {"type":"tool_result","tool_use_id":"t2","is_error":true},
               {"type":"text","text":"see"}]}]
            """);

        Assert.Equal(["user", "assistant", "tool", "user"], chat.Messages.Select(message => message.Role.Value));
        var results = chat.Messages[2].Contents.Cast<FunctionResultContent>().ToList();
        Assert.Equal([("t1", "a\nb"), ("t2", "")], results.Select(result => (result.CallId, (string?)result.Result)));
        Assert.Equal([false, true], results.Select(result => result.Exception is not null));
        Assert.IsType<DataContent>(chat.Messages[3].Contents[0]);
        Assert.Equal("see", chat.Messages[3].Text);
    }

    [Fact]
    public void ThoughtsKeepTheirSignature_AndRedactedOnesTheirData()
    {
        var contents = ReadMessages("""
            [{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"thinking","thinking":"hm","signature":""},
              {"type":"redacted_thinking","data":"d"}]},{"role":"user","content":"go"}]
            """).Messages[0].Contents.Cast<TextReasoningContent>();
        Assert.Equal([("hm", "s"), ("hm", null), ("", "d")], contents.Select(content => (content.Text, content.ProtectedData)));
    }

    [Fact]
    public void DocumentsAreDataOrText()
    {
        var contents = ReadMessages("""
            [{"role":"user","content":[
              {"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"AQID"}},
              {"type":"document","context":"C","citations":{"enabled":false},"source":{"type":"text","media_type":"text/plain","data":"words"}},
              {"type":"document","source":{"type":"content","content":[{"type":"text","text":"part"}]}}]}]
            """).Messages[0].Contents;
        Assert.Equal(["T", "C", "words", "part"], contents.OfType<TextContent>().Select(text => text.Text));
        var pdf = Assert.Single(contents.OfType<DataContent>());
        Assert.Equal(("application/pdf", "T"), (pdf.MediaType, pdf.Name));
    }

    [Theory]
    [InlineData("https://x.example/a.JPG?size=1", "image/jpeg")]
    [InlineData("http://x.example/a.webp", "image/webp")]
    [InlineData("https://x.example/a", "image/*")]
    public void AnImagesAddressTellsItsType(string url, string type)
    {
        var image = ReadMessages($$$"""[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"{{{url}}}"}}]}]""").Messages[0].Contents[0];
        Assert.Equal((url, type), (Assert.IsType<UriContent>(image).Uri.OriginalString, ((UriContent)image).MediaType));
    }

    [Theory]
    [InlineData("""{"type":"auto"}""", "auto", null)]
    [InlineData("""{"type":"any","disable_parallel_tool_use":true}""", "any", false)]
    [InlineData("""{"type":"tool","name":"f","disable_parallel_tool_use":false}""", "tool f", null)]
    [InlineData("""{"type":"none"}""", "none", null)]
    public void ToolChoiceIsRead(string choice, string expected, bool? parallel)
    {
        var options = ReadWith($$"""
            "tools":[{"name":"f","input_schema":{"type":"object"},"strict":true},{"type":"custom","name":"g","description":"G","input_schema":{} }],
            "tool_choice":{{choice}}
            """).Options;
        Assert.Equal(parallel, options.AllowMultipleToolCalls);
        Assert.Equal(expected, options.ToolMode switch
        {
            RequiredChatToolMode { RequiredFunctionName: { } name } => "tool " + name,
            RequiredChatToolMode => "any",
            NoneChatToolMode => "none",
            _ => "auto",
        });
        Assert.Equal([true, false], options.Tools!.Select(tool => tool.AdditionalProperties.ContainsKey("strict")));
    }

    [Theory]
    [InlineData(""" "thinking":{"type":"disabled"} """, ReasoningEffort.None, null)]
    [InlineData(""" "thinking":{"type":"adaptive"} """, null, ReasoningOutput.Summary)]
    [InlineData(""" "thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"max"} """, ReasoningEffort.ExtraHigh, ReasoningOutput.None)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":1024} """, ReasoningEffort.Low, ReasoningOutput.Summary)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":4096} """, ReasoningEffort.Medium, ReasoningOutput.Summary)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":16384,"display":"summarized"} """, ReasoningEffort.High, ReasoningOutput.Summary)]
    [InlineData(""" "output_config":{"effort":"low"} """, ReasoningEffort.Low, null)]
    public void ThinkingIsRead(string fields, ReasoningEffort? effort, ReasoningOutput? output)
    {
        var reasoning = ReadWith(fields).Options.Reasoning!;
        Assert.Equal((effort, output), (reasoning.Effort, reasoning.Output));
    }

    [Theory]
    [InlineData(""" "output_config":{"format":{"type":"json_schema","schema":{"title":"x"}}} """)]
    [InlineData(""" "output_format":{"type":"json_schema","schema":{"title":"x"}} """)]
    public void TheOutputsSchemaIsRead_ByItsNameAndByThatOfTheBeta(string fields) =>
        Assert.Equal("x", Assert.IsType<ChatResponseFormatJson>(ReadWith(fields).Options.ResponseFormat).Schema!.Value.GetProperty("title").GetString());

    [Fact]
    public void NothingReadHoldsOnToTheBody()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"max_tokens":1,"tools":[{"name":"f","input_schema":{"title":"x"}}],
             "messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":"\ud83c\udf0d"}}]}]}
            """);
        var chat = AnthropicCallerWire.Instance.ReadChat(body);
        body.AsSpan().Fill((byte)'#');

        Assert.Equal("x", ((AIFunctionDeclaration)chat.Options.Tools![0]).JsonSchema.GetProperty("title").GetString());
        var call = Assert.IsType<FunctionCallContent>(chat.Messages[0].Contents[0]);
        Assert.Equal("🌍", ((JsonElement)call.Arguments!["a"]!).GetString());
    }
}

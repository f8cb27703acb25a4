using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class RawDialectTests
{
    private static readonly RawDialect OpenAI = RelayEndpoint.Chat.Dialect;
    private static readonly RawDialect Anthropic = RelayEndpoint.Messages.Dialect;
    private static readonly RawDialect Responses = RelayEndpoint.Responses.Dialect;

    [Fact]
    public void A_stream_of_OpenAIs_is_read_to_its_end()
    {
        using var tally = new RawTally(keepsText: true);
        Event(OpenAI, tally, """{"id":"c1","created":7,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null,"error":null}""");
        Assert.False(tally.HasContent);
        Event(OpenAI, tally, """{"id":"c2","choices":[{"index":0,"delta":{"content":"a\n\"\u00e4\" "}}]}""");
        Event(OpenAI, tally, """{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}],"x":[[{}]]}""");
        Assert.True(tally is { HasContent: true, IsFinished: false });
        Event(OpenAI, tally, """{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""");
        Event(OpenAI, tally, """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":1}}}""");
        Assert.False(tally.HasEnded);
        Event(OpenAI, tally, "[DONE]");

        Assert.Equal(("a\n\"ä\" b", "c1", "m", 7), (tally.Text, tally.Id, tally.Model, tally.Created));
        Assert.Equal(ChatFinishReason.Length, tally.FinishReason);
        Assert.True(tally is { IsFinished: true, HasEnded: true, IsText: true });
        Assert.Equal((3, 4, 7, 2, 1), (tally.Usage!.InputTokenCount, tally.Usage.OutputTokenCount, tally.Usage.TotalTokenCount, tally.Usage.CachedInputTokenCount, tally.Usage.ReasoningTokenCount));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0}]}}]}""", false)]
    [InlineData("""{"choices":[{"index":0,"delta":{"refusal":"no"}}]}""", false)]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}""", true)]
    [InlineData("""{"choices":[{"index":1,"delta":{"content":"second"}}]}""", false)]
    [InlineData("""{"choices":[{"text":"old"}]}""", true)]
    public void What_is_output_is_content_and_only_text_can_be_taken_up(string json, bool isText)
    {
        using var tally = new RawTally(keepsText: true);
        Event(OpenAI, tally, json);

        Assert.True(tally.HasContent);
        Assert.Equal(isText, tally.IsText);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[],"refusal":null,"content":null}}]}""")]
    [InlineData("""{"choices":null,"usage":{"prompt_tokens":null}}""")]
    [InlineData("""{"choices":[1,[],"x",{"delta":7,"index":"a"}]}""")]
    [InlineData("{}")]
    public void What_is_no_output_is_no_content(string json)
    {
        using var tally = new RawTally();
        Event(OpenAI, tally, json);

        Assert.False(tally.HasContent);
        Assert.False(tally.IsFinished);
    }

    [Fact]
    public void Several_answers_at_once_are_whole_when_each_is()
    {
        using var tally = new RawTally();
        Event(OpenAI, tally, """{"choices":[{"index":0,"delta":{"content":"a"}}]}""");
        Event(OpenAI, tally, """{"choices":[{"index":1,"delta":{"content":"b"}}]}""");
        Event(OpenAI, tally, """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
        Assert.False(tally.IsFinished);

        Event(OpenAI, tally, """{"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}""");

        Assert.True(tally.IsFinished);
    }

    [Fact]
    public void A_stream_of_Anthropics_is_read_to_its_end()
    {
        using var tally = new RawTally(keepsText: true);
        Event(Anthropic, tally, """{"type":"message_start","message":{"id":"msg_1","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":5,"output_tokens":1}}}""");
        Event(Anthropic, tally, """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""");
        Event(Anthropic, tally, """{"type":"ping"}""");
        Assert.Equal((false, "text", 1), (tally.HasContent, tally.OpenBlock, tally.Blocks));
        Event(Anthropic, tally, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}""");
        Event(Anthropic, tally, """{"type":"content_block_stop","index":0}""");
        Assert.True(tally is { HasContent: true, IsFinished: false, OpenBlock: null });
        Event(Anthropic, tally, """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}""");
        Event(Anthropic, tally, """{"type":"message_stop"}""");

        Assert.Equal(("hi", "msg_1", ChatFinishReason.Stop), (tally.Text, tally.Id, tally.FinishReason));
        Assert.True(tally is { IsFinished: true, HasEnded: true, IsText: true });
        Assert.Equal((12, 9), (tally.Usage!.InputTokenCount, tally.Usage.OutputTokenCount));
    }

    [Fact]
    public void A_tool_call_of_Anthropics_is_content_that_cannot_be_taken_up()
    {
        using var tally = new RawTally();
        Event(Anthropic, tally, """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"n","input":{}}}""");

        Assert.True(tally is { HasContent: true, IsText: false });
    }

    [Theory]
    [InlineData("""{"error":{"message":"boom","type":"server_error"}}""", """{"error":{"message":"boom","type":"server_error"}}""")]
    [InlineData("""{"error":"boom"}""", """{"error":"boom"}""")]
    public void An_error_within_a_stream_of_OpenAIs_is_one(string json, string body)
    {
        using var tally = new RawTally();

        var error = Assert.Throws<RawErrorException>(() => Event(OpenAI, tally, json));

        Assert.Equal(body, error.Body);
    }

    [Fact]
    public void An_error_within_a_stream_of_Anthropics_is_one()
    {
        using var tally = new RawTally();

        var error = Assert.Throws<RawErrorException>(() => Event(Anthropic, tally, """{"type":"error","error":{"type":"overloaded_error","message":"busy"}}"""));

        Assert.Equal("""{"error":{"type":"overloaded_error","message":"busy"}}""", error.Body);
    }

    [Fact]
    public void A_stream_of_responses_is_whole_only_when_it_says_so()
    {
        using var tally = new RawTally();
        Event(Responses, tally, """{"type":"response.created","response":{"id":"r","status":"in_progress","output":[],"error":null}}""");
        Assert.False(tally.HasContent);
        Event(Responses, tally, """{"type":"response.output_text.delta","delta":"x"}""");
        Assert.True(tally is { HasContent: true, IsFinished: false });

        Event(Responses, tally, """{"type":"response.completed","response":{"output":[{}],"usage":{"input_tokens":1,"output_tokens":2}}}""");

        Assert.True(tally.IsFinished);
        Assert.Equal(2, tally.Usage!.OutputTokenCount);
        Assert.Throws<RawErrorException>(() => Event(Responses, tally, """{"type":"response.failed","response":{"error":{"code":"server_error","message":"boom"}}}"""));
        Assert.Throws<RawErrorException>(() => Event(Responses, tally, """{"type":"error","code":"server_error","message":"boom"}"""));
    }

    [Fact]
    public void What_is_not_JSON_is_refused_by_every_dialect()
    {
        foreach (var dialect in new[] { OpenAI, Anthropic, Responses })
        {
            foreach (var json in new[] { "", "{", "[]", "<html>", """{"choices":[""", """{"a":1} x""" })
            {
                using var tally = new RawTally();
                Assert.ThrowsAny<JsonException>(() => Event(dialect, tally, json));
                Assert.ThrowsAny<JsonException>(() => dialect.ReadReply(Encoding.UTF8.GetBytes(json), tally));
            }
        }
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"hi"},"finish_reason":"stop"}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"tool_calls"}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":""},"finish_reason":"length"}]}""", null)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":""},"finish_reason":"stop"}]}""", FailureKind.InvalidResponse)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":""},"finish_reason":"content_filter"}]}""", FailureKind.ContentFiltered)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"cut"},"finish_reason":null}]}""", FailureKind.InvalidResponse)]
    [InlineData("""{"choices":[]}""", FailureKind.InvalidResponse)]
    [InlineData("{}", FailureKind.InvalidResponse)]
    public void A_whole_reply_is_an_answer_or_a_failure_of_a_kind(string json, FailureKind? kind)
    {
        using var tally = new RawTally();
        OpenAI.ReadReply(Encoding.UTF8.GetBytes(json), tally);

        var failure = Record.Exception(() => OpenAI.Check(tally, requiresFinishReason: true));

        Assert.Equal(kind, (failure as AnswerException)?.Kind);
    }

    [Fact]
    public void Any_cut_of_a_reply_is_refused_and_never_another_exception()
    {
        var json = Encoding.UTF8.GetBytes("""{"id":"c","choices":[{"index":0,"message":{"content":"h\u00e4","tool_calls":[{"a":[1]}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"x":{"cached_tokens":1}},"error":null}""");
        for (var cut = 0; cut < json.Length; cut++)
        {
            using var tally = new RawTally(keepsText: true);
            var part = json[..cut];
            Assert.ThrowsAny<JsonException>(() => OpenAI.ReadReply(part, tally));
        }
    }

    private static void Event(RawDialect dialect, RawTally tally, string json) => dialect.ReadEvent(Encoding.UTF8.GetBytes(json), tally);
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Chat = OpenAI.Chat;

namespace FlexiAI.Tests;

public sealed class OpenAIReplyTests
{
    private static readonly Dictionary<string, object?> Paris = new(StringComparer.Ordinal) { ["city"] = "Paris – \"été\" 🥐", ["days"] = 3, ["exact"] = null };

    [Fact]
    public async Task The_SDK_reads_a_text_reply_with_its_usage()
    {
        await using var server = await OpenAICallerServer.StartAsync(new TextContent("Grüße, "), new TextContent("世界 🌍 <b>&</b>"));
        server.Reply!.Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 7, CachedInputTokenCount = 4, ReasoningTokenCount = 2 };

        Chat.ChatCompletion reply = await server.Chat.CompleteChatAsync([new Chat.UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token);

        Assert.Equal("Grüße, 世界 🌍 <b>&</b>", reply.Content.Single().Text);
        Assert.Equal(("chatcmpl-abc", "claude-sonnet", OpenAICallerServer.Created), (reply.Id, reply.Model, reply.CreatedAt));
        Assert.Equal((Chat.ChatFinishReason.Stop, Chat.ChatMessageRole.Assistant), (reply.FinishReason, reply.Role));
        Assert.Equal((10, 7, 17), (reply.Usage.InputTokenCount, reply.Usage.OutputTokenCount, reply.Usage.TotalTokenCount));
        Assert.Equal((4, 2), (reply.Usage.InputTokenDetails.CachedTokenCount, reply.Usage.OutputTokenDetails.ReasoningTokenCount));
    }

    [Fact]
    public async Task The_SDK_reads_parallel_tool_calls()
    {
        await using var server = await OpenAICallerServer.StartAsync(
            new FunctionCallContent("call_1", "weather", Paris),
            new FunctionCallContent("call_2", "time"));

        Chat.ChatCompletion reply = await server.Chat.CompleteChatAsync([new Chat.UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token);

        Assert.Equal(Chat.ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Empty(reply.Content);
        Assert.Equal([("call_1", "weather"), ("call_2", "time")], reply.ToolCalls.Select(call => (call.Id, call.FunctionName)));
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""{"city":"Paris – \"été\" 🥐","days":3,"exact":null}"""),
            JsonElement.Parse(reply.ToolCalls[0].FunctionArguments)));
        Assert.Equal("{}", reply.ToolCalls[1].FunctionArguments.ToString());
    }

    [Fact]
    public void A_reply_of_tool_calls_alone_has_null_for_content_and_one_without_them_has_text()
    {
        Assert.Null(OpenAIText.Reply(new FunctionCallContent("c", "f"))["choices"]![0]!["message"]!["content"]);
        Assert.Equal("", (string?)OpenAIText.Reply()["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public void Unknown_usage_is_left_out_and_not_told_as_zero()
    {
        Assert.Null(OpenAIText.Reply(new TextContent("Hi"))["usage"]);
        var half = OpenAIText.Reply(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi")) { Usage = new UsageDetails { OutputTokenCount = 3 } });
        Assert.Equal("""{"completion_tokens":3}""", half["usage"]!.ToJsonString());
    }

    [Fact]
    public void Reasoning_has_a_field_of_its_own_and_so_has_a_refusal()
    {
        var message = OpenAIText.Reply(new TextReasoningContent("Hmm. "), new TextReasoningContent("Yes."), new ErrorContent("No.") { ErrorCode = "Refusal" })["choices"]![0]!["message"]!;

        Assert.Equal("""{"role":"assistant","content":null,"refusal":"No.","reasoning_content":"Hmm. Yes."}""", message.ToJsonString());
    }

    [Theory]
    [InlineData("stop", false, "stop")]
    [InlineData("stop", true, "tool_calls")]
    [InlineData(null, true, "tool_calls")]
    [InlineData("tool_calls", false, "stop")]
    [InlineData("length", true, "length")]
    [InlineData("content_filter", false, "content_filter")]
    [InlineData("refusal", false, "content_filter")]
    [InlineData("pause_turn", false, "stop")]
    public void The_finish_reason_is_one_that_OpenAI_has(string? reason, bool call, string expected)
    {
        AIContent content = call ? new FunctionCallContent("c", "f") : new TextContent("Hi");
        var reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])) { FinishReason = reason is null ? null : new ChatFinishReason(reason) };

        Assert.Equal(expected, (string?)OpenAIText.Reply(reply)["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public void Arguments_that_the_provider_wrote_wrongly_do_not_pass_for_none()
    {
        var call = FunctionCallContent.CreateFromParsedArguments("{\"city\":", "c", "f", static json => JsonSerializer.Deserialize<Dictionary<string, object?>>(json));

        Assert.Equal("", (string?)OpenAIText.Reply(call)["choices"]![0]!["message"]!["tool_calls"]![0]!["function"]!["arguments"]);
    }

    [Fact]
    public void A_call_that_the_provider_has_made_itself_is_not_handed_to_the_caller()
    {
        var choice = OpenAIText.Reply(new FunctionCallContent("c", "search") { InformationalOnly = true }, new TextContent("Found."))["choices"]![0]!;

        Assert.Equal(("stop", (object?)null), ((string?)choice["finish_reason"], choice["message"]!["tool_calls"]));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_leaves_valid_UTF8() =>
        Assert.Equal("a\ufffdb", (string?)OpenAIText.Reply(new TextContent("a\ud83db"))["choices"]![0]!["message"]!["content"]);
}

using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using static FlexiAI.Tests.AnthropicWireText;

namespace FlexiAI.Tests;

/// <summary>Whole replies, as Anthropic's SDK and the wire's text show them.</summary>
public sealed class AnthropicReplyTests
{
    private static readonly MessageCreateParams Hello = new() { Model = "m", MaxTokens = 10, Messages = [new UserMessageParam { Content = "Hello" }] };

    private static readonly string[] Tags = ["a"];

    [Fact]
    public async Task TheSdkReadsAMessageWithThoughtsTextCallsAndUsage()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Response = new ChatResponse(new ChatMessage(ChatRole.Assistant,
        [
            new TextReasoningContent("hm"),
            new TextContent("Let me "),
            new TextContent("see 🌍."),
            new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Bern", ["days"] = 3, ["tags"] = Tags }),
            new FunctionCallContent("c2", "time"),
        ]))
        {
            FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
            Usage = new UsageDetails { InputTokenCount = 30, CachedInputTokenCount = 10, OutputTokenCount = 5 },
        };

        using var client = server.Client();
        var message = await client.Messages.Create(Hello, TestContext.Current.CancellationToken);

        message.Validate();
        Assert.Equal("msg_01", message.ID);
        Assert.Equal("other-model", message.Model.Raw());
        Assert.Equal("tool_use", message.StopReason!.Raw());
        Assert.Equal(4, message.Content.Count);
        Assert.True(message.Content[0].TryPickThinking(out var thinking));
        Assert.Equal(("hm", ""), (thinking.Thinking, thinking.Signature));
        Assert.True(message.Content[1].TryPickText(out var text));
        Assert.Equal("Let me see 🌍.", text.Text);
    }

    [Fact]
    public async Task TheSdksChatClientReadsTheSame()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Response = new ChatResponse(new ChatMessage(ChatRole.Assistant,
        [
            new TextContent("Look:"),
            new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Bern", ["days"] = 3, ["tags"] = Tags }),
            new FunctionCallContent("c2", "time"),
        ]))
        {
            FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
            Usage = new UsageDetails { InputTokenCount = 30, CachedInputTokenCount = 10, OutputTokenCount = 5 },
        };

        using var client = server.ChatClient();
        var response = await client.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Look:", response.Text);
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.ToolCalls, response.FinishReason);
        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["c1", "c2"], calls.Select(call => call.CallId));
        Assert.Equal(["Bern", "3", """["a"]"""], calls[0].Arguments!.Values.Select(value => value!.ToString()));
        Assert.Equal((30, 10, 5), (response.Usage!.InputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.OutputTokenCount));
    }

    [Theory]
    [InlineData("stop", false, "end_turn")]
    [InlineData("stop", true, "tool_use")]
    [InlineData("length", false, "max_tokens")]
    [InlineData("length", true, "max_tokens")]
    [InlineData("tool_calls", true, "tool_use")]
    [InlineData("content_filter", false, "refusal")]
    [InlineData("stop_sequence", false, "stop_sequence")]
    [InlineData("whatever", false, "end_turn")]
    public void AFinishReasonHasAnthropicsWord_StreamedAndNot(string finish, bool calls, string expected)
    {
        AIContent content = calls ? new FunctionCallContent("c", "f") : new TextContent("x");
        var reason = new Microsoft.Extensions.AI.ChatFinishReason(finish);
        var whole = WrittenJson(output => AnthropicCallerWire.Instance.WriteReply(
            output, new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])) { FinishReason = reason }, AnthropicTestServer.Answer));
        var streamed = Events(null, [new ChatResponseUpdate(ChatRole.Assistant, [content]) { FinishReason = reason }]);

        Assert.Equal(expected, whole.GetProperty("stop_reason").GetString());
        Assert.Equal(expected, streamed[^2].Data.GetProperty("delta").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public void ARefusalsWordsAreTextAndItsReasonIsRefusal()
    {
        var refusal = new ErrorContent("I will not.") { ErrorCode = "Refusal" };
        var json = WrittenJson(output => AnthropicCallerWire.Instance.WriteReply(
            output,
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [refusal])) { FinishReason = Microsoft.Extensions.AI.ChatFinishReason.Stop },
            AnthropicTestServer.Answer));

        Assert.Equal("I will not.", json.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("refusal", json.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public void ACallWithoutAnIdGetsOne_AndHalfACharacterBecomesTheReplacementCharacter()
    {
        var json = WrittenJson(output => AnthropicCallerWire.Instance.WriteReply(
            output,
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent("a\ud83d"), new FunctionCallContent("", "f"), new FunctionCallContent("", "f")])),
            AnthropicTestServer.Answer));

        Assert.Equal("a\ufffd", json.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("toolu_01_1", json.GetProperty("content")[1].GetProperty("id").GetString());
        Assert.Equal("toolu_01_2", json.GetProperty("content")[2].GetProperty("id").GetString());
    }
}

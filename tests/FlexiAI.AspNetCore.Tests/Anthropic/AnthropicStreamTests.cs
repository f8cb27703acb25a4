using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using static FlexiAI.Tests.AnthropicWireText;

namespace FlexiAI.Tests;

/// <summary>Streamed replies, as Anthropic's SDK and the wire's text show them.</summary>
public sealed class AnthropicStreamTests
{
    private static readonly ChatResponseUpdate[] ThoughtTextAndCalls =
    [
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 7 })]),
        new(ChatRole.Assistant, [new TextReasoningContent("h")]),
        new(ChatRole.Assistant, [new TextReasoningContent("m")]),
        new(ChatRole.Assistant, "Good "),
        new(ChatRole.Assistant, "day\n"),
        new(ChatRole.Assistant,
        [
            new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Bern \"é\"" }),
            new FunctionCallContent("c2", "time"),
        ]),
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { OutputTokenCount = 9 })])
        {
            FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
        },
    ];

    [Fact]
    public async Task TheSdkReadsEveryEventInOrder()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Updates = ThoughtTextAndCalls;
        var request = new MessageCreateParams { Model = "m", MaxTokens = 10, Messages = [new UserMessageParam { Content = "Hello" }] };

        using var client = server.Client();
        List<string> kinds = [];
        await foreach (var one in client.Messages.CreateStreaming(request, TestContext.Current.CancellationToken))
        {
            one.Validate();
            kinds.Add(one.Json.GetProperty("type").GetString()!);
        }

        Assert.Equal(
        [
            "message_start",
            "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
            "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
            "content_block_start", "content_block_delta", "content_block_stop",
            "content_block_start", "content_block_delta", "content_block_stop",
            "message_delta", "message_stop",
        ], kinds);
    }

    [Fact]
    public async Task TheSdksChatClientReadsThoughtTextParallelCallsAndUsage()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Updates = ThoughtTextAndCalls;

        using var client = server.ChatClient();
        var response = await client.GetStreamingResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Good day\n", response.Text);
        Assert.Equal("hm", string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(r => r.Text)));
        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["c1", "c2"], calls.Select(call => call.CallId));
        Assert.Equal("Bern \"é\"", calls[0].Arguments!["city"]!.ToString());
        Assert.Equal((7, 9), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal("other-model", response.ModelId);
    }

    [Fact]
    public async Task AnErrorWithinAStreamIsAnExceptionOfTheSdk_AfterTheTextThatWasSent()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Updates = [new(ChatRole.Assistant, "Good ")];
        server.Error = new WireError(503, "all_failed", "Every provider failed.");

        using var client = server.ChatClient();
        var text = "";
        var thrown = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken))
            {
                text += update.Text;
            }
        });

        Assert.Equal("Good ", text);
        Assert.IsType<Anthropic.Exceptions.AnthropicSseException>(thrown);
        Assert.Contains("Every provider failed.", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void BlocksCountUp_AndADeltaNamesItsBlock()
    {
        var events = Events(null, ThoughtTextAndCalls);

        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3], Indices(events));
        Assert.Equal(7, events[0].Data.GetProperty("message").GetProperty("usage").GetProperty("input_tokens").GetInt32());
        Assert.Equal(0, events[0].Data.GetProperty("message").GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public void TextGoesOnInTheOpenTextBlockOfTheProviderThatBrokeOff_AndUsageAddsUp()
    {
        var told = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 1 };
        var events = Events(
            new WireStreamBegun("msg_old", null, 2, "text", told),
            new TextContent("rest"), new UsageContent(new UsageDetails { InputTokenCount = 12, OutputTokenCount = 4 }));

        Assert.Equal(["content_block_delta", "content_block_stop", "message_delta", "message_stop"], events.Select(e => e.Name));
        Assert.Equal([1, 1], Indices(events));
        var usage = events[2].Data.GetProperty("usage");
        Assert.Equal((22, 5), (usage.GetProperty("input_tokens").GetInt32(), usage.GetProperty("output_tokens").GetInt32()));
    }

    [Theory]
    [InlineData("thinking", false)]
    [InlineData("thinking", true)]
    [InlineData("text", true)]
    [InlineData("tool_use", false)]
    public void AnOpenBlockThatDoesNotFitIsEndedFirst(string open, bool thinks)
    {
        AIContent content = thinks ? new TextReasoningContent("rest") : new TextContent("rest");
        var events = Events(new WireStreamBegun("msg_old", null, 2, open, null), content);

        Assert.Equal(
            ["content_block_stop", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            events.Select(e => e.Name));
        Assert.Equal([1, 2, 2, 2], Indices(events));
    }

    [Fact]
    public void AStreamWithoutOpenBlockGoesOnWithANewOne()
    {
        var events = Events(new WireStreamBegun("msg_old", null, 0, null, null), new TextContent("all"));
        Assert.Equal([0, 0, 0], Indices(events));
        Assert.Equal("content_block_start", events[0].Name);
    }

    [Fact]
    public void ACharacterCutInTwoArrivesWhole_AndHalfOfOneAsTheReplacementCharacter()
    {
        var events = Events(null, new TextContent("a\ud83c"), new TextContent("\udf0d"), new TextContent("b\ud83c"));
        var texts = events.Where(e => e.Name == "content_block_delta").Select(e => e.Data.GetProperty("delta").GetProperty("text").GetString());
        Assert.Equal(["a", "🌍", "b", "\ufffd"], texts);
    }

    [Fact]
    public void AnAnswerWithoutContentIsStillAWholeMessage()
    {
        var events = Events(null, new TextContent(""));
        Assert.Equal(["message_start", "message_delta", "message_stop"], events.Select(e => e.Name));
    }

    private static IEnumerable<int> Indices(IEnumerable<(string Name, System.Text.Json.JsonElement Data)> events) =>
        events.Where(e => e.Data.TryGetProperty("index", out _)).Select(e => e.Data.GetProperty("index").GetInt32());
}

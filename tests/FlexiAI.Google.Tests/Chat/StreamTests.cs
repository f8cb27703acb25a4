using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class StreamTests
{
    private const string First = """{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1,"totalTokenCount":5},"responseId":"r-1"}""";
    private const string Second = """{"candidates":[{"content":{"parts":[{"text":"lo"}]}}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"totalTokenCount":6},"responseId":"r-1"}""";
    private const string Call = """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"now","args":{}}}]}}],"responseId":"r-1"}""";
    private const string Last = """{"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":3,"totalTokenCount":7},"responseId":"r-1"}""";
    private const string Error = """{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}""";

    [Fact]
    public async Task A_stream_gives_its_text_piece_by_piece_and_its_usage_once()
    {
        var updates = await ReadAsync(CannedHandler.Events(First, Second, Last));
        Assert.Equal(["Hel", "lo", "", ""], updates.Select(update => update.Text));
        Assert.Equal(ChatFinishReason.Stop, updates[2].FinishReason);
        Assert.All(updates, update => Assert.Equal(("r-1", ChatRole.Assistant), (update.MessageId, update.Role)));
        Assert.All(updates, update => Assert.NotNull(update.RawRepresentation));
        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
        Assert.Equal((4, 3, 7), (usage.Details.InputTokenCount, usage.Details.OutputTokenCount, usage.Details.TotalTokenCount));
    }

    [Fact]
    public async Task A_call_earlier_in_the_stream_makes_the_end_a_call_for_tools()
    {
        var response = (await ReadAsync(CannedHandler.Events(First, Call, Last))).ToChatResponse();
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal("now", Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Name);
    }

    [Fact]
    public async Task A_stream_that_ends_half_way_has_no_finish_reason() =>
        Assert.All(await ReadAsync(CannedHandler.Events(First, Second)), update => Assert.Null(update.FinishReason));

    [Fact]
    public async Task Comments_and_other_line_endings_are_part_of_the_format() =>
        Assert.Equal("Hello", (await ReadAsync($": keep-alive\n\ndata:{First}\n\ndata: {Second}\n\n")).ToChatResponse().Text);

    [Theory]
    [InlineData(Error, typeof(GoogleApiException))]
    [InlineData("{\"candidates\":[{\"cont", null)]
    public async Task Trap_21_a_failure_half_way_comes_after_the_tokens_that_were_used(string bad, Type? type)
    {
        List<ChatResponseUpdate> updates = [];
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(CannedHandler.Events(First, Second, bad), updates));
        if (type is not null)
        {
            Assert.IsType(type, failure);
        }

        Assert.Equal("Hello", updates.ToChatResponse().Text);
        Assert.Equal(6, updates.ToChatResponse().Usage!.TotalTokenCount);
        Assert.All(updates, update => Assert.Null(update.FinishReason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: ")]
    [InlineData("<html><body>Sign in</body></html>\n\n")]
    [InlineData(": only a comment\n\n")]
    public async Task A_stream_without_an_event_is_no_answer(string body)
    {
        ProviderOptions entry = Make.Gemini();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(body));
        Assert.Equal(FailureKind.InvalidResponse, entry.Classify(new FailureEvidence(failure, 200)));
    }

    [Fact]
    public async Task An_event_without_end_is_cut_off_but_a_long_stream_is_not()
    {
        ProviderOptions entry = Make.Gemini();
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("data: " + new string('x', 17 * 1024 * 1024)));
        Assert.Equal(FailureKind.InvalidResponse, entry.Classify(new FailureEvidence(failure, 200)));

        var padding = $": {new string('x', 1024 * 1024)}\n\n";
        Assert.Equal("Hel", (await ReadAsync(string.Concat(Enumerable.Repeat(padding, 17)) + CannedHandler.Events(First))).ToChatResponse().Text);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        var client = Make.Chat(Make.Gemini(), new CannedHandler($"{{\"candidates\":[],\"x\":\"{new string('x', 65 * 1024 * 1024)}\"}}"));
        await Assert.ThrowsAsync<InvalidDataException>(() => client.GetResponseAsync("Hello", cancellationToken: Make.Cancel));
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(string body, List<ChatResponseUpdate>? updates = null)
    {
        updates ??= [];
        var client = Make.Chat(Make.Gemini(), new CannedHandler(body, "text/event-stream"));
        await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: Make.Cancel))
        {
            updates.Add(update);
        }

        return updates;
    }
}

using System.Buffers;
using System.ClientModel;
using Microsoft.Extensions.AI;
using Chat = OpenAI.Chat;

namespace FlexiAI.Tests;

public sealed class OpenAIStreamTests
{
    private static readonly ChatResponseUpdate Stop = new() { FinishReason = ChatFinishReason.Stop };
    private static readonly ChatResponseUpdate Usage = OpenAIText.Update(new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 7, CachedInputTokenCount = 4 }));

    [Fact]
    public async Task The_SDK_reads_a_stream_of_text_to_its_end_and_usage()
    {
        await using var server = await OpenAICallerServer.StartAsync();
        server.Updates = [new(ChatRole.Assistant, ""), OpenAIText.Update(new TextContent("Grüße, ")), OpenAIText.Update(new TextContent("世界 🌍")), Usage, Stop];

        var updates = await StreamAsync(server);

        Assert.Equal("Grüße, 世界 🌍", string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal(Chat.ChatMessageRole.Assistant, updates[0].Role);
        Assert.Single(updates, update => update.Role is not null);
        Assert.Equal(Chat.ChatFinishReason.Stop, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        Assert.Equal((10, 7, 17, 4), (updates[^1].Usage.InputTokenCount, updates[^1].Usage.OutputTokenCount, updates[^1].Usage.TotalTokenCount, updates[^1].Usage.InputTokenDetails.CachedTokenCount));
        Assert.All(updates, update => Assert.Equal(("chatcmpl-abc", "claude-sonnet", OpenAICallerServer.Created), (update.CompletionId, update.Model, update.CreatedAt)));
    }

    [Fact]
    public async Task The_SDK_puts_parallel_tool_calls_of_a_stream_together()
    {
        await using var server = await OpenAICallerServer.StartAsync();
        var city = new Dictionary<string, object?>(StringComparer.Ordinal) { ["city"] = "Paris" };
        server.Updates = [OpenAIText.Update(new TextContent("Let me look.")), OpenAIText.Update(new FunctionCallContent("c1", "weather", city)), OpenAIText.Update(new FunctionCallContent("c2", "time")), Stop];

        var updates = await StreamAsync(server);

        var calls = updates.SelectMany(update => update.ToolCallUpdates).GroupBy(call => call.Index).Select(parts => (
            string.Concat(parts.Select(part => part.ToolCallId)),
            string.Concat(parts.Select(part => part.FunctionName)),
            string.Concat(parts.Select(part => part.FunctionArgumentsUpdate?.ToString()))));
        Assert.Equal([("c1", "weather", """{"city":"Paris"}"""), ("c2", "time", "{}")], calls);
        Assert.Equal(Chat.ChatFinishReason.ToolCalls, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
    }

    [Fact]
    public async Task The_SDK_does_not_take_a_stream_that_ends_in_an_error_for_a_finished_answer()
    {
        await using var server = await OpenAICallerServer.StartAsync();
        server.Updates = [OpenAIText.Update(new TextContent("Half of"))];
        server.Error = new WireError(502, "stream_interrupted", "The stream broke off.");
        List<Chat.StreamingChatCompletionUpdate> updates = [];

        var exception = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in server.Chat.CompleteChatStreamingAsync([new Chat.UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token))
            {
                updates.Add(update);
            }
        });

        Assert.True(exception is null or ClientResultException, exception?.ToString());
        Assert.DoesNotContain(updates, update => update.FinishReason is not null);
    }

    [Fact]
    public void Usage_is_null_on_every_chunk_and_told_on_the_last_where_asked_for()
    {
        var chunks = OpenAIText.Chunks(OpenAIText.Stream(true, null, OpenAIText.Update(new TextContent("Hi")), Usage, Stop));

        Assert.All(chunks[..^1], chunk => Assert.True(chunk.AsObject().ContainsKey("usage") && chunk["usage"] is null));
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(17, (int?)chunks[^1]["usage"]!["total_tokens"]);
    }

    [Fact]
    public void Usage_stands_nowhere_where_not_asked_for()
    {
        var stream = OpenAIText.Stream(false, null, OpenAIText.Update(new TextContent("Hi")), Usage, Stop);

        Assert.DoesNotContain("usage", stream, StringComparison.Ordinal);
        Assert.EndsWith("\n\ndata: [DONE]\n\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_last_choice_has_a_finish_reason()
    {
        var chunks = OpenAIText.Chunks(OpenAIText.Stream(false, null, OpenAIText.Update(new TextReasoningContent("Hmm")), OpenAIText.Update(new TextContent("Hi")), Stop));

        Assert.Equal([null, null, null, "stop"], chunks.Select(chunk => (string?)chunk["choices"]![0]!["finish_reason"]));
        Assert.Equal(["""{"role":"assistant","content":"","refusal":null}""", """{"reasoning_content":"Hmm"}""", """{"content":"Hi"}""", "{}"], chunks.Select(chunk => chunk["choices"]![0]!["delta"]!.ToJsonString()));
    }

    [Fact]
    public void A_stream_that_had_begun_goes_on_as_the_one_it_was()
    {
        var begun = new WireStreamBegun("chatcmpl-first", 1_700_000_000, 0, null, new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2 });

        var chunks = OpenAIText.Chunks(OpenAIText.Stream(true, begun, OpenAIText.Update(new TextContent(" the rest")), Usage, Stop));

        Assert.All(chunks, chunk => Assert.Equal(("chatcmpl-first", 1_700_000_000), ((string?)chunk["id"], (int?)chunk["created"])));
        Assert.Equal("""{"content":" the rest"}""", chunks[0]["choices"]![0]!["delta"]!.ToJsonString());
        Assert.Equal((11, 9), ((int?)chunks[^1]["usage"]!["prompt_tokens"], (int?)chunks[^1]["usage"]!["completion_tokens"]));
        Assert.Equal(2, begun.Usage!.OutputTokenCount);
    }

    [Fact]
    public void Nothing_is_written_for_an_update_that_tells_nothing()
    {
        var stream = OpenAICallerWire.Instance.BeginStream(new WireChat([], new ChatOptions(), true), OpenAICallerServer.Answer);

        Assert.Equal("", OpenAIText.Written(body => stream.Write(body, OpenAIText.Update(new TextContent(""), new DataContent(new byte[] { 1 }, "image/png")))));
    }

    [Fact]
    public void A_chunk_of_text_allocates_nothing()
    {
        var stream = OpenAICallerWire.Instance.BeginStream(new WireChat([], new ChatOptions(), true), OpenAICallerServer.Answer);
        var update = OpenAIText.Update(new TextContent("Grüße"));
        var body = new ArrayBufferWriter<byte>(4096);
        stream.Write(body, update);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1000; round++)
        {
            body.ResetWrittenCount();
            stream.Write(body, update);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1000);
    }

    private static async Task<List<Chat.StreamingChatCompletionUpdate>> StreamAsync(OpenAICallerServer server)
    {
        List<Chat.StreamingChatCompletionUpdate> updates = [];
        await foreach (var update in server.Chat.CompleteChatStreamingAsync([new Chat.UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token))
        {
            updates.Add(update);
        }

        return updates;
    }
}

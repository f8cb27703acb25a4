using System.Net;
using System.Text;
using FlexiAI.FaultWall;

namespace FlexiAI.Tests;

/// <summary>What comes over the wire is read as it is, and a reply that is not as its wire has it is noticed.</summary>
public class WireReaderTests
{
    private const string Chunk = "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
    private const string Finish = "data: {\"id\":\"1\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
    private const string Done = "data: [DONE]\n\n";
    private const string Error = "data: {\"error\":{\"message\":\"x\",\"code\":\"y\"}}\n\n";

    private const string Start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":1,\"output_tokens\":0}}}\n\n";
    private const string Begin = "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private const string Text = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}\n\n";
    private const string End = "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n";
    private const string Delta = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\n";
    private const string Stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private const string Failure = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n";

    private static readonly Dictionary<string, (WallCaller Caller, string Stream)> Flawed = new()
    {
        ["nothing"] = (WallCaller.OpenAI, ""),
        ["no end mark"] = (WallCaller.OpenAI, Chunk + Finish),
        ["no finish reason"] = (WallCaller.OpenAI, Chunk + Done),
        ["two finish reasons"] = (WallCaller.OpenAI, Chunk + Finish + Finish + Done),
        ["text after the finish reason"] = (WallCaller.OpenAI, Finish + Chunk + Done),
        ["an error after the end"] = (WallCaller.OpenAI, Chunk + Finish + Done + Error),
        ["an end after the error"] = (WallCaller.OpenAI, Chunk + Error + Done),
        ["an error after the finish reason"] = (WallCaller.OpenAI, Chunk + Finish + Error),
        ["no JSON"] = (WallCaller.OpenAI, Chunk + "data: {\"id\n\n" + Finish + Done),
        ["half an event"] = (WallCaller.OpenAI, Chunk + Finish + "data: [DONE]\n"),
        ["two ids"] = (WallCaller.OpenAI, Chunk + Finish.Replace("\"1\"", "\"2\"", StringComparison.Ordinal) + Done),
        ["no message_stop"] = (WallCaller.Anthropic, Start + Begin + Text + End + Delta),
        ["no stop reason"] = (WallCaller.Anthropic, Start + Begin + Text + End + Stop),
        ["no message_start"] = (WallCaller.Anthropic, Begin + Text + End + Delta + Stop),
        ["two messages"] = (WallCaller.Anthropic, Start + Start + Begin + Text + End + Delta + Stop),
        ["a block that does not end"] = (WallCaller.Anthropic, Start + Begin + Text + Delta + Stop),
        ["a block within a block"] = (WallCaller.Anthropic, Start + Begin + Begin + Text + End + Delta + Stop),
        ["the same block again"] = (WallCaller.Anthropic, Start + Begin + Text + End + Begin + End + Delta + Stop),
        ["text in no block"] = (WallCaller.Anthropic, Start + Text + Delta + Stop),
        ["an error after message_stop"] = (WallCaller.Anthropic, Start + Begin + Text + End + Delta + Stop + Failure),
        ["a stop reason and an error"] = (WallCaller.Anthropic, Start + Begin + Text + End + Delta + Failure),
    };

    public static TheoryData<string> Flaws => [.. Flawed.Keys];

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Is_a_flaw(string what) => Assert.NotNull((await ReadAsync(Flawed[what].Caller, Flawed[what].Stream)).Flaw);

    [Theory]
    [InlineData(nameof(WallCaller.OpenAI), Chunk + Finish + Done)]
    [InlineData(nameof(WallCaller.Anthropic), Start + Begin + Text + End + Delta + Stop)]
    public async Task A_whole_stream_is_read(string caller, string stream)
    {
        var reader = await ReadAsync(Enum.Parse<WallCaller>(caller), stream);
        Assert.Equal((null, "hi", reader.WholeFinish, "m", 1, 2), (reader.Flaw, reader.Text, reader.Finish, reader.Model, reader.InputTokens, reader.OutputTokens));
    }

    [Theory]
    [InlineData(nameof(WallCaller.OpenAI), Chunk + Error)]
    [InlineData(nameof(WallCaller.Anthropic), Start + Begin + Text + Failure)]
    public async Task An_error_that_ends_a_stream_is_read(string caller, string stream)
    {
        var reader = await ReadAsync(Enum.Parse<WallCaller>(caller), stream);
        Assert.Equal((null, "hi", null, "x"), (reader.Flaw, reader.Text, reader.Finish, reader.Error?.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData(nameof(WallCaller.OpenAI), "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}", 200, false)]
    [InlineData(nameof(WallCaller.OpenAI), "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"hi\"}}]}", 200, true)]
    [InlineData(nameof(WallCaller.OpenAI), "{\"error\":{\"message\":\"x\"}}", 200, true)]
    [InlineData(nameof(WallCaller.OpenAI), "{\"error\":{\"message\":\"x\"}}", 503, false)]
    [InlineData(nameof(WallCaller.Anthropic), "{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\"}", 200, false)]
    [InlineData(nameof(WallCaller.Anthropic), "{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\"}", 500, true)]
    public async Task A_whole_reply_goes_with_its_status(string caller, string body, int status, bool isFlawed) =>
        Assert.Equal(isFlawed, (await ReadAsync(Enum.Parse<WallCaller>(caller), body, status, "application/json")).Flaw is not null);

    private static async Task<WireReader> ReadAsync(WallCaller caller, string text, int status = 200, string type = "text/event-stream")
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };
        await using var recording = new Recording(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await recording.ReadToEndAsync(TestContext.Current.CancellationToken);
        return WireReader.For(caller).Read(recording);
    }
}

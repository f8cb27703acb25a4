using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace FlexiAI.Tests;

/// <summary>A provider that answers with malice harms nobody: the next one answers, and nothing of it reaches the caller.</summary>
public sealed class HostileProviderTests
{
    private const string Whole = """{"model":"auto","messages":[{"role":"user","content":"hi"}]}""";
    private const string Streamed = """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Events = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private static readonly string Chunk = new(' ', 64 * 1024);

    public static TheoryData<string, string> Endless => new()
    {
        { "body", Whole }, { "headers", Whole }, { "headers", Streamed }, { "event", Streamed }, { "error", Whole }, { "error", Streamed },
    };

    public static TheoryData<string> Misfits =>
    [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n" + RawProvider.Answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n" + RawProvider.Answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + RawProvider.Answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}",
        "HTTP/1.1 999999 OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "\0\0\0\0",
        RawProvider.Reply("", "Location: http://127.0.0.1:1/\r\n", "307 Temporary Redirect"),
        RawProvider.Reply("null"),
        RawProvider.Reply(new string('[', 100_000)),
        RawProvider.Reply("{\"choices\":" + new string('[', 1_000)),
        RawProvider.Reply("{\"model\":\"\\ud800\",\"choices\":[]}"),
        RawProvider.Reply("{\"model\":\"\xff\xfe\",\"choices\":[]}"),
        RawProvider.Reply("{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"\\udc00\"}]}"),
        RawProvider.Reply("{\"\\ud800\":1,\"choices\":[]}"),
        RawProvider.Reply(RawProvider.Answer + RawProvider.Answer),
        RawProvider.Reply("<script>alert(1)</script>", type: "text/html"),
    ];

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task What_never_ends_is_left_for_another_provider(string what, string ask)
    {
        await using var hostile = RawProvider.Start((stream, stop) => FloodAsync(what, stream, stop));
        await using var good = RawProvider.Start(Good(ask));
        var entry = hostile.Entry("hostile");
        (entry.Timeout, entry.FirstTokenTimeout) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
        await using var gateway = await SecuredGateway.StartAsync(entry, good.Entry("good", 2));

        var (status, text) = await gateway.AskAsync("/v1/chat/completions", ask);

        Assert.Equal(200, status);
        Assert.Contains("x-flexiai-provider: good\n", text, StringComparison.Ordinal);
        Assert.Single(hostile.Requests);
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task What_is_not_what_it_claims_is_left_for_another_provider(string reply)
    {
        await using var hostile = RawProvider.Start(reply);
        await using var good = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(hostile.Entry("hostile"), good.Entry("good", 2));

        var (status, text) = await gateway.AskAsync("/v1/chat/completions", Whole);

        Assert.Equal(200, status);
        Assert.Contains("x-flexiai-provider: good\n", text, StringComparison.Ordinal);
        Assert.EndsWith(RawProvider.Answer, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/images/generations")]
    public async Task What_is_packed_is_not_unpacked(string path)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("{\"data\":[1]," + new string(' ', 16 * 1024 * 1024)), SecuredGateway.Stop);
        }

        await using var hostile = RawProvider.Start(RawProvider.Reply(Encoding.Latin1.GetString(packed.ToArray()), "Content-Encoding: gzip\r\n"));
        await using var gateway = await SecuredGateway.StartAsync(hostile.Entry("hostile"));

        var (status, text) = await gateway.AskAsync(path, """{"model":"hostile","messages":[],"input":"x"}""");

        Assert.Equal(503, status);
        Assert.True(text.Length < 10_000);
        Assert.DoesNotContain("accept-encoding", Assert.Single(hostile.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_key_never_follows_where_a_provider_points(string status)
    {
        await using var elsewhere = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var hostile = RawProvider.Start(RawProvider.Reply("", $"Location: http://127.0.0.1:{elsewhere.Port}/v1/chat/completions\r\n", status));
        await using var gateway = await SecuredGateway.StartAsync(hostile.Entry("hostile"));

        var (answered, text) = await gateway.AskAsync("/v1/chat/completions", Whole);

        Assert.Equal(503, answered);
        Assert.DoesNotContain("location:", text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(Whole)]
    [InlineData(Streamed)]
    public async Task Of_a_providers_headers_only_the_harmless_reach_the_caller(string ask)
    {
        const string Headers = "Set-Cookie: evil=1\r\nx-evil: 1\r\nAccess-Control-Allow-Origin: *\r\nContent-Security-Policy: x\r\nx-flexiai-provider: forged\r\n"
            + "x-flexiai-request-id: forged\r\nx-content-type-options: forged\r\nrequest-id: gr\xfc\xdf\r\nx-ratelimit-a: \x1b[2J\r\n"
            + $"x-ratelimit-b: {SecuredGateway.ProviderKey}\r\nopenai-version: fine\r\n";
        var longHeader = $"x-ratelimit-c: {new string('c', 20_000)}\r\n";
        await using var hostile = RawProvider.Start(ask == Whole
            ? RawProvider.Reply(RawProvider.Answer, Headers + longHeader)
            : Good(Streamed).Replace("Connection: close\r\n", $"Connection: close\r\n{Headers}{longHeader}", StringComparison.Ordinal));
        await using var gateway = await SecuredGateway.StartAsync(hostile.Entry("hostile"));

        var (status, text) = await gateway.AskAsync("/v1/chat/completions", ask);

        Assert.True(status == 200, text);
        Assert.Contains("openai-version: fine\n", text, StringComparison.Ordinal);
        foreach (var word in new[] { "evil", "Access-Control", "Content-Security", "forged", "request-id: gr", "[2J", "cccc", SecuredGateway.ProviderKey })
        {
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_model_that_a_provider_claims_is_cut_and_searched_for_its_key()
    {
        var reply = RawProvider.Answer.Replace("\"m\"", $"\"{SecuredGateway.ProviderKey}{new string('m', 100_000)}\"", StringComparison.Ordinal);
        await using var hostile = RawProvider.Start(RawProvider.Reply(reply));
        await using var gateway = await SecuredGateway.StartAsync(hostile.Entry("hostile"));

        using var response = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Whole);

        Assert.Equal(200, (int)response.StatusCode);
        var told = Uri.UnescapeDataString(Assert.Single(response.Headers.GetValues("x-flexiai-model")));
        Assert.True(told.Length < 200, told);
        Assert.DoesNotContain(SecuredGateway.ProviderKey, told, StringComparison.Ordinal);
    }

    private static string Good(string ask) => ask == Whole ? RawProvider.Reply(RawProvider.Answer) : Events
        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static async Task FloodAsync(string what, Stream stream, CancellationToken stop)
    {
        var (begin, more) = what switch
        {
            "body" => ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", Chunk),
            "headers" => ("HTTP/1.1 200 OK\r\n", "x-more: 0123456789012345678901234567890123456789\r\n"),
            "event" => (Events + "data: ", Chunk),
            _ => ("HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", Chunk),
        };
        await stream.WriteAsync(Encoding.ASCII.GetBytes(begin), stop);
        var bytes = Encoding.ASCII.GetBytes(more);
        try
        {
            while (true)
            {
                await stream.WriteAsync(bytes, stop);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It was hung up on.
        }
    }
}

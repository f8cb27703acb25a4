using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace FlexiAI.Tests;

public sealed class BodyTests
{
    private const string Head = $"POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nx-api-key: {GatewayUnderTest.ClientKey}\r\nConnection: close\r\n";

    [Theory]
    [InlineData(2)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_body_arrives_byte_for_byte_with_its_length_told_or_not(int length)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var sent = new byte[length];
        new Random(1).NextBytes(sent);
        foreach (var chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Content = new ByteArrayContent(sent) };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.Add("x-api-key", GatewayUnderTest.ClientKey);
            using var reply = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(sent, await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.MaxRequestBodySize = 2_048);
        var reply = await gateway.RawAsync($"{Head}Content-Length: 2049\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", reply, StringComparison.Ordinal);
        Assert.Contains("2048 bytes", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.MaxRequestBodySize = 2_048);
        var reply = await gateway.RawAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n801\r\n{new string(' ', 0x801)}\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", reply, StringComparison.Ordinal);
        Assert.Contains("2048 bytes", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_just_the_largest_size_is_accepted()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.MaxRequestBodySize = 2_048);
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", new string(' ', 2_048), ("x-api-key", GatewayUnderTest.ClientKey));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options =>
        {
            options.RequestBodyTimeout = TimeSpan.FromMilliseconds(200);
            options.MinRequestBodyDataRate = 0;
        });
        var reply = await gateway.RawAsync($"{Head}Content-Length: 10\r\n\r\n{{");
        Assert.StartsWith("HTTP/1.1 408", reply, StringComparison.Ordinal);
        Assert.Contains("request_timeout", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_broken_off_is_never_served()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var reply = await gateway.RawAsync($"{Head}Content-Length: 10\r\n\r\n{{}}", hangUp: true);
        Assert.DoesNotContain("200", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; charset=\"UTF-8\"", 200)]
    [InlineData("application/vnd.api+json", 200)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/jsonp", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("json", 415)]
    public async Task Only_json_is_accepted(string type, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var reply = await gateway.RawAsync($"{Head}Content-Type: {type}\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.StartsWith($"HTTP/1.1 {status}", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_packed_body_is_refused_unpacked(string encoding)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{}")) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Headers.Add("x-api-key", GatewayUnderTest.ClientKey);
        using var reply = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
    }
}

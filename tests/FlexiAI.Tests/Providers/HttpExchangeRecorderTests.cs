using System.Net;
using System.Text;

namespace FlexiAI.Tests;

/// <summary>What is read below an SDK, in memory.</summary>
public sealed class HttpExchangeRecorderTests
{
    [Fact]
    public async Task An_error_leaves_status_headers_and_body_and_the_SDK_reads_the_same_bytes()
    {
        var (exchange, response) = await SendAsync(_ => Error("""{"error":"ü"}""", retryAfter: "7"));

        Assert.Equal((503, """{"error":"ü"}"""), (exchange.StatusCode, exchange.ErrorBody));
        Assert.Equal("7", exchange.Headers!["Retry-After"]);
        Assert.Equal("""{"error":"ü"}""", await response.Content.ReadAsStringAsync(Lab.Stop));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_success_leaves_its_status_alone_and_its_body_unread()
    {
        var (exchange, response) = await SendAsync(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") });

        Assert.Equal((200, null, null), (exchange.StatusCode, exchange.Headers, exchange.ErrorBody));
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Lab.Stop));
    }

    [Fact]
    public async Task A_huge_error_body_is_cut()
    {
        var (exchange, _) = await SendAsync(_ => Error(new string('x', 5_000_000)));

        Assert.Equal(64 * 1024, exchange.ErrorBody!.Length);
    }

    [Fact]
    public async Task An_error_body_that_breaks_off_says_what_it_says()
    {
        var (exchange, _) = await SendAsync(_ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StreamContent(new BrokenStream()) });

        Assert.Equal((502, "half"), (exchange.StatusCode, exchange.ErrorBody));
    }

    [Fact]
    public async Task The_last_exchange_of_an_attempt_tells_how_it_ended()
    {
        var exchange = HttpExchange.Current = new HttpExchange();
        var calls = 0;
        using var http = new HttpClient(new HttpExchangeRecorder(new StubHandler(_ => ++calls == 1 ? Error("first") : throw new HttpRequestException("refused"))));

        await http.GetAsync(new Uri("http://localhost"), Lab.Stop);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost"), Lab.Stop));

        Assert.Equal((null, null, null), (exchange.StatusCode, exchange.Headers, exchange.ErrorBody));
    }

    [Fact]
    public async Task Outside_an_attempt_nothing_is_touched()
    {
        HttpExchange.Current = null;
        using var http = new HttpClient(new HttpExchangeRecorder(new StubHandler(_ => Error("body"))));

        var response = await http.GetAsync(new Uri("http://localhost"), Lab.Stop);

        Assert.Equal("body", await response.Content.ReadAsStringAsync(Lab.Stop));
    }

    [Theory]
    [InlineData("text/html", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json", true)]
    [InlineData("application/problem+json", true)]
    [InlineData("text/event-stream", true)]
    [InlineData(null, true)]
    public async Task A_success_of_another_type_is_no_answer(string? type, bool passes)
    {
        HttpResponseMessage Reply(HttpRequestMessage request)
        {
            var content = new ByteArrayContent([1]);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        }

        if (passes)
        {
            await SendAsync(Reply);
        }
        else
        {
            Assert.Equal(HttpRequestError.InvalidResponse, (await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(Reply))).HttpRequestError);
        }
    }

    private static async Task<(HttpExchange Exchange, HttpResponseMessage Response)> SendAsync(Func<HttpRequestMessage, HttpResponseMessage> reply)
    {
        var exchange = HttpExchange.Current = new HttpExchange();
        using var http = new HttpClient(new HttpExchangeRecorder(new StubHandler(reply)));
        return (exchange, await http.GetAsync(new Uri("http://localhost"), HttpCompletionOption.ResponseHeadersRead, Lab.Stop));
    }

    private static HttpResponseMessage Error(string body, string? retryAfter = null)
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
            {
                throw new IOException("reset");
            }

            _begun = true;
            "half"u8.CopyTo(buffer.Span);
            return ValueTask.FromResult(4);
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>What a caller writes around its body changes nothing for a provider.</summary>
public sealed partial class CallerRequestTests
{
    private const string Body = """{"model":"one","messages":[{"role":"user","content":"hi"}]}""";

    public static TheoryData<string> Tricks =>
    [
        "/v1/../admin", "/v1/%2e%2e/admin", "/v1/x/../../admin", "/v1/x/%2e%2e/%2e%2e/admin", "/v1/..%2fadmin", "/v1/x%2f..%2f..%2fadmin", "/v1//admin", "/v1/x//y", "/v1///127.0.0.1/x",
        "/v1/x\\..\\admin", "/v1/x%5c..%5cadmin", "/v1/%00", "/v1/x%00y", "/v1/%c0%ae%c0%ae/admin", "/v1/%e2%80%ae", "/v1/%ef%bc%8e%ef%bc%8e/x", "/v1/x;y=1", "/v1/x%3fkey=1", "/v1/x%23y",
        "/v1/x?key=stolen&alt=sse", "/v1/x%0d%0aHost:%20evil", "/v1/@evil.example/x", "/v1/x:80/y", "/v1/.", "/v1/...", "/v1/./x", "/v1/%2e/x", "/v1/%252e%252e/admin", "/v1/x%20y", "http://evil.example/v1/x",
        "/v1/chat/completions/../../admin", "/v1/chat/completions?api-version=1", "/V1/CHAT/completions", "/v1/organization/admin_api_keys", "/v1/Organization/invites", "/v1/projects/x",
    ];

    public static TheoryData<string> Smuggled =>
    [
        "Content-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /v1/chat/completions HTTP/1.1\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}",
        "Content-Length: 2, 60\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length : 2\r\n\r\n{}",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
        "Content-Length: 2\nx-bare: 1\r\n\r\n{}",
        "x-folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        "x-nul: a\0b\r\nContent-Length: 2\r\n\r\n{}",
        "anthropic-beta: a\rx: b\r\nContent-Length: 2\r\n\r\n{}",
        "no colon\r\nContent-Length: 2\r\n\r\n{}",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task No_path_reaches_another_of_the_providers(string target)
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        var reply = await gateway.RawAsync(SecuredGateway.Post(target, Body));

        Assert.DoesNotContain("HTTP/1.1 5", reply, StringComparison.Ordinal);
        Assert.All(provider.Requests, request =>
        {
            var line = request.Split("\r\n")[0];
            Assert.True(Plain().IsMatch(line), line);
            Assert.DoesNotContain("..", line, StringComparison.Ordinal);
            Assert.DoesNotContain("organization", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("/projects", line, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Smuggled))]
    public async Task A_request_that_two_servers_could_read_differently_is_refused(string rest)
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        var reply = await gateway.RawAsync(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {SecuredGateway.ClientKey}\r\nContent-Type: application/json\r\n{rest}");

        Assert.Matches("^HTTP/1.1 (400|501) ", reply);
        Assert.Equal(1, Regex.Count(reply, "HTTP/1.1 ", RegexOptions.None, TimeSpan.FromMinutes(1)));
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("""{"model":"one","model":"two","messages":[]}""")]
    [InlineData("""{"model":"one","mod\u0065l":"two","messages":[]}""")]
    [InlineData("""{"model":"one","stream":false,"stream":true,"messages":[]}""")]
    public async Task A_body_that_says_twice_what_is_gone_by_is_refused(string body)
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        foreach (var path in new[] { "/v1/chat/completions", "/v1/messages", "/v1/embeddings", "/v1/responses", "/v1/images/generations" })
        {
            var (status, text) = await gateway.AskAsync(path, body);
            Assert.True(status == 400, $"{path}: {text}");
        }

        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("""{"model":"one","\ud800":1,"messages":[]}""")]
    [InlineData("""{"mod\udc00":"one","model":"one","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("""{"model":"one\ud800","messages":[]}""")]
    public async Task A_body_with_half_a_character_in_a_name_is_refused(string body)
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        foreach (var path in new[] { "/v1/chat/completions", "/v1/messages", "/v1/embeddings", "/v1/responses", "/v1/images/generations" })
        {
            var (status, text) = await gateway.AskAsync(path, body);
            Assert.True(status == 400, $"{path}: {text}");
        }

        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task None_of_a_callers_own_headers_reaches_a_provider()
    {
        string[] headers =
        [
            "Cookie", "traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "User-Agent", "Accept-Language",
            "Referer", "OpenAI-Organization", "OpenAI-Project", "x-goog-api-key", "api-key", "anthropic-beta", "x-custom", "Accept-Encoding", "Via",
        ];
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        var reply = await gateway.RawAsync(SecuredGateway.Post(
            "/v1/chat/completions", Body, string.Concat(headers.Select(name => $"{name}: {(name == "traceparent" ? "00-ca11e4ca11e4ca11e4ca11e4ca11e4ca-ca11e4ca11e4ca11-01" : "k=ca11e4")}\r\n"))));

        Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal);
        var request = Assert.Single(provider.Requests);
        Assert.DoesNotContain("ca11e4", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SecuredGateway.ClientKey, request, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {SecuredGateway.ProviderKey}\r\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenAI-Beta", "gr\u00fc\u00df", "/v1/chat/completions")]
    [InlineData("OpenAI-Beta", "\u0001", "/v1/responses")]
    [InlineData("anthropic-beta", "\U0001F600", "/v1/messages")]
    [InlineData("anthropic-version", "{2000}", "/v1/messages")]
    [InlineData("OpenAI-Beta", "{2000}", "/v1/embeddings")]
    public async Task A_header_that_cannot_be_sent_on_is_the_callers_fault_and_no_providers(string name, string value, string path)
    {
        await using var openAI = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(
            openAI.Entry("one"),
            new AnthropicProvider { Name = "two", Model = "two-model", ApiKey = SecuredGateway.ProviderKey, BaseUrl = $"http://127.0.0.1:{openAI.Port}", Priority = 2 });

        var header = $"{name}: {value.Replace("{2000}", new string('b', 2000), StringComparison.Ordinal)}\r\n";
        var reply = await gateway.RawAsync(SecuredGateway.Post(path, """{"model":"auto","messages":[],"input":"x"}""", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(header))));

        Assert.StartsWith("HTTP/1.1 400", reply, StringComparison.Ordinal);
        Assert.Empty(openAI.Requests);
        Assert.All(gateway.Host.Client.GetProviderStatus(), provider => Assert.Equal(0, provider.CircuitBreaker.FailureCount));
    }

    [Fact]
    public async Task A_flood_of_headers_is_refused()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        var many = await gateway.RawAsync(SecuredGateway.Post("/v1/chat/completions", Body, string.Concat(Enumerable.Range(0, 500).Select(i => $"x-{i}: 1\r\n"))));
        var large = await gateway.RawAsync(SecuredGateway.Post("/v1/chat/completions", Body, $"x-large: {new string('a', 100_000)}\r\n"));

        Assert.True(many.Length == 0 || many.StartsWith("HTTP/1.1 431", StringComparison.Ordinal), many);
        Assert.True(large.Length == 0 || large.StartsWith("HTTP/1.1 431", StringComparison.Ordinal), large);
        Assert.Empty(provider.Requests);
    }

    [GeneratedRegex(@"^POST /base/v1(/[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*)+ HTTP/1\.1$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Plain();
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>What one caller may take of the gateway, on the endpoints of models themselves.</summary>
public sealed class LimitTests
{
    private const string Streamed = """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task A_stream_has_its_place_until_it_ends()
    {
        await using var provider = RawProvider.Start(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        await using var gateway = await SecuredGateway.StartAsync([provider.Entry("one")], options => options.MaxConcurrentRequests = 2);

        using (await OpenAsync(gateway))
        {
            using var second = await OpenAsync(gateway);
            using var third = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Streamed);
            using var other = await gateway.SendAsync(HttpMethod.Post, "/v1/anything", """{"model":"auto"}""");
            using var models = await gateway.SendAsync(HttpMethod.Get, "/v1/models");
            Assert.Equal([429, 429, 200], new[] { third, other, models }.Select(response => (int)response.StatusCode));
            Assert.NotNull(third.Headers.RetryAfter);
        }

        var drain = gateway.Host.Services.GetRequiredService<GatewayDrain>();
        while (drain.Running > 0)
        {
            await Task.Delay(10, SecuredGateway.Stop);
        }

        using var next = await OpenAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/responses")]
    [InlineData("/v1/other")]
    public async Task A_body_that_does_not_come_is_not_waited_for(string path)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(
            [provider.Entry("one")], options => options.MinRequestBodyDataRate = 0, services: services => services.AddSingleton<TimeProvider>(time));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, gateway.Host.Http.BaseAddress!.Port, SecuredGateway.Stop);
        await tcp.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {SecuredGateway.ClientKey}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"),
            SecuredGateway.Stop);
        using var reader = new System.IO.StreamReader(tcp.GetStream());
        var line = reader.ReadLineAsync(SecuredGateway.Stop).AsTask();
        while (!line.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(line, Task.Delay(10, SecuredGateway.Stop));
        }

        Assert.StartsWith("HTTP/1.1 408", await line, StringComparison.Ordinal);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task Headers_that_do_not_come_are_not_waited_for()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync([provider.Entry("one")], options => options.RequestHeadersTimeout = TimeSpan.FromSeconds(1));

        var reply = await gateway.RawAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nx-slow");

        Assert.True(reply.Length == 0 || reply.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), reply);
        Assert.Empty(provider.Requests);
    }

    private static async Task<HttpResponseMessage> OpenAsync(SecuredGateway gateway)
    {
        var response = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Streamed);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}

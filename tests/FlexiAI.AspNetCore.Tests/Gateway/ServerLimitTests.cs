using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

public sealed class ServerLimitTests
{
    [Fact]
    public async Task Headers_that_are_too_large_are_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.MaxRequestHeadersTotalSize = 4_096);
        var reply = await gateway.RawAsync($"GET /healthz HTTP/1.1\r\nHost: localhost\r\nx-filler: {new string('a', 5_000)}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_headers_are_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.MaxRequestHeaderCount = 10);
        var many = new StringBuilder();
        for (var i = 0; i < 11; i++)
        {
            many.Append(null, $"x-{i}: 1\r\n");
        }

        var reply = await gateway.RawAsync($"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
        Assert.StartsWith("HTTP/1.1 431", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_do_not_arrive_in_time_end_the_connection()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        var reply = await gateway.RawAsync("GET /healthz HTTP/1.1\r\nHost: loc");
        Assert.StartsWith("HTTP/1.1 408", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_has_the_rate_that_a_body_must_keep()
    {
        await using var slow = await GatewayUnderTest.StartAsync(options => options.MinRequestBodyDataRate = 1_000);
        await using var any = await GatewayUnderTest.StartAsync(options => options.MinRequestBodyDataRate = 0);
        Assert.Equal(1_000, Limits(slow).MinRequestBodyDataRate?.BytesPerSecond);
        Assert.Null(Limits(any).MinRequestBodyDataRate);

        static KestrelServerLimits Limits(GatewayUnderTest gateway) =>
            gateway.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
    }

    [Theory]
    [InlineData("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", 401)]
    [InlineData("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nx-bad: a\nGET /status HTTP/1.1\r\n\r\n", 400)]
    public async Task A_request_of_two_meanings_is_refused(string request, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var reply = await gateway.RawAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status}", reply, StringComparison.Ordinal);
    }
}

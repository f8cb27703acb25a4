using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlexiAI.Tests;

public sealed class ReplyTests
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/v1/models")]
    public async Task Each_reply_has_an_id_of_its_own_and_does_not_say_what_serves_it(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var one = await gateway.SendAsync(HttpMethod.Get, path, null, ("x-flexiai-request-id", "mine"), ("x-request-id", "mine"));
        using var other = await gateway.SendAsync(HttpMethod.Get, path);
        var ids = new[] { one, other }.Select(reply => reply.Headers.GetValues("x-flexiai-request-id").Single()).ToList();
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal("nosniff", one.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(one.Headers.Contains("Server"));
    }

    [Fact]
    public async Task What_fails_inside_is_told_without_what_it_was()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(map: app =>
            app.MapGet("/v1/fails", _ => throw new InvalidOperationException("the secret cause")).RequireClientKey());
        using var reply = await gateway.SendAsync(HttpMethod.Get, "/v1/fails", null, ("x-api-key", GatewayUnderTest.ClientKey));
        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.DoesNotContain("secret", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(gateway.Lines, line => line.Contains("/v1/fails", StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_that_fails_after_it_began_does_not_look_whole()
    {
        var seen = new TaskCompletionSource();
        await using var gateway = await GatewayUnderTest.StartAsync(map: app => app.MapGet("/v1/breaks", async context =>
        {
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await seen.Task.WaitAsync(context.RequestAborted);
            throw new InvalidOperationException();
        }).RequireClientKey());
        using var reply = await gateway.SendAsync(HttpMethod.Get, "/v1/breaks", null, ("x-api-key", GatewayUnderTest.ClientKey));
        seen.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_that_a_caller_writes_is_a_line_of_the_log_and_no_key_is_in_it()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string Wrong = "wrong-key-that-someone-mistyped";
        using var good = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, ("Authorization", $"Bearer {GatewayUnderTest.ClientKey}"));
        using var bad = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, ("x-api-key", Wrong));
        using var admin = await gateway.SendAsync(HttpMethod.Get, "/status", null, ("x-admin-key", GatewayUnderTest.AdminKey));
        foreach (var target in (string[])["/v1/models%0d%0aINJECTED", "/v1/models?key=a-secret-of-the-query&x=%0aINJECTED", "/%0d%0aINJECTED"])
        {
            await gateway.RawAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nx-request-id: a\tb\r\nConnection: close\r\n\r\n");
        }

        await gateway.RawAsync("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nx-api-key: a\rINJECTED\r\nConnection: close\r\n\r\n");
        var lines = gateway.Lines.ToList();
        Assert.Contains(lines, line => line.Contains("Refused a request to /v1/models: 401 invalid_api_key", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.SelectMany(line => line.Split('\n', '\r')), line => line.StartsWith("INJECTED", StringComparison.Ordinal));
        foreach (var secret in (string[])[Wrong, "a-secret-of-the-query", GatewayUnderTest.ClientKey, GatewayUnderTest.AdminKey])
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}

using System.Net;

namespace FlexiAI.Tests;

public sealed class OpenDoorTests
{
    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/status")]
    public async Task Without_keys_programs_of_this_machine_are_served(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys);
        using var bare = await gateway.SendAsync(HttpMethod.Get, path);
        using var key = await gateway.SendAsync(HttpMethod.Get, path, null, ("Authorization", "Bearer whatever"));
        Assert.Equal(HttpStatusCode.OK, bare.StatusCode);
        Assert.Equal(HttpStatusCode.OK, key.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("[::2]")]
    public async Task Without_keys_a_name_that_only_leads_here_is_refused(string host)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys);
        foreach (var request in (string[])["GET /status", "GET /v1/models", "POST /reset", "POST /v1/echo"])
        {
            var reply = await gateway.RawAsync($"{request} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403", reply, StringComparison.Ordinal);
            Assert.Contains("host_not_allowed", reply, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:99")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]:1")]
    public async Task Without_keys_the_names_of_this_machine_are_served(string host)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys);
        var reply = await gateway.RawAsync($"GET /status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Without_keys_a_page_of_another_origin_is_refused(string header, string value)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys);
        using var read = await gateway.SendAsync(HttpMethod.Get, "/status", null, (header, value));
        using var write = await gateway.SendAsync(HttpMethod.Post, "/reset", "{}", (header, value), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        using var model = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", (header, value));
        Assert.All([read, write, model], reply => Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode));
        Assert.Contains("cross_origin", await write.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_the_gateways_own_page_and_a_link_to_it_are_served()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys);
        using var own = await gateway.SendAsync(
            HttpMethod.Post, "/reset", "{}", ("Origin", $"http://127.0.0.1:{gateway.Port}"), ("Sec-Fetch-Site", "same-origin"));
        using var link = await gateway.SendAsync(
            HttpMethod.Get, "/status", null, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        using var frame = await gateway.SendAsync(
            HttpMethod.Get, "/status", null, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, frame.StatusCode);
    }
}

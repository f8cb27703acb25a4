using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FlexiAI.Tests;

public sealed class KeyTests
{
    private const string Client = GatewayUnderTest.ClientKey;
    private const string Admin = GatewayUnderTest.AdminKey;

    [Theory]
    [InlineData("Authorization", "Bearer " + Client)]
    [InlineData("authorization", "bearer " + Client)]
    [InlineData("x-api-key", Client)]
    public async Task A_clients_key_opens_the_models(string header, string value)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", (header, value));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory]
    [InlineData("x-other", "1")]
    [InlineData("Authorization", "Bearer wrong-key-0123456789")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Basic " + Client)]
    [InlineData("Authorization", Client)]
    [InlineData("Authorization", "Bearer " + Client + ", Bearer x")]
    [InlineData("x-api-key", "client-key-0123456789abcde")]
    [InlineData("x-api-key", "Bearer " + Client)]
    [InlineData("x-admin-key", Client)]
    [InlineData("x-api-key", Admin)]
    public async Task Whatever_is_not_a_clients_key_is_refused(string header, string value)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", (header, value));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.ToString());
        var body = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("invalid_api_key", JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain(Client, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_different_keys_are_refused_and_the_same_key_twice_is_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var both = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", ("Authorization", $"Bearer {Client}"), ("x-api-key", Client));
        using var mixed = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", ("Authorization", $"Bearer {Client}"), ("x-api-key", "other"));
        using var turned = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", ("Authorization", "Bearer other"), ("x-api-key", Client));
        var repeated = await gateway.RawAsync(
            $"POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nx-api-key: {Client}\r\nx-api-key: {Client}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, mixed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, turned.StatusCode);
        Assert.StartsWith("HTTP/1.1 401", repeated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_be_configured_by_its_hash()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("another-key-0123456789")));
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.ClientKeys.Add($"sha256:{hash}"));
        using var key = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, ("x-api-key", "another-key-0123456789"));
        using var itself = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, ("x-api-key", $"sha256:{hash}"));
        Assert.Equal(HttpStatusCode.OK, key.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, itself.StatusCode);
    }

    [Fact]
    public async Task The_error_is_in_the_callers_dialect()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/messages", "{}");
        var root = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("error", root.GetProperty("type").GetString());
        Assert.Equal("authentication_error", root.GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Admin, 200)]
    [InlineData("x-api-key", Admin, 200)]
    [InlineData("x-admin-key", Admin, 200)]
    [InlineData("x-api-key", Client, 403)]
    [InlineData("x-admin-key", "wrong-key-0123456789", 401)]
    [InlineData("x-other", "1", 401)]
    public async Task Operations_take_an_admins_key_alone(string header, string value, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Get, "/status", null, (header, value));
        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Without_admin_keys_operations_are_closed_where_clients_have_keys()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.AdminKeys.Clear());
        using var reply = await gateway.SendAsync(HttpMethod.Get, "/status", null, ("x-api-key", Client));
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.Contains("Gateway:AdminKeys", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/V1/Echo", 401)]
    [InlineData("/v1/echo/", 401)]
    [InlineData("/v1/./echo", 401)]
    [InlineData("/healthz/../v1/echo", 401)]
    [InlineData("/healthz/%2e%2e/v1/echo", 401)]
    [InlineData("/%76%31/echo", 401)]
    [InlineData("/v1/echo?x=/healthz", 401)]
    [InlineData("//v1/echo", 404)]
    [InlineData("/v1%2fecho", 404)]
    [InlineData("/v1//echo", 404)]
    [InlineData("/v1/echo;x", 404)]
    [InlineData("/v1\\echo", 404)]
    [InlineData("/healthz/..%2fv1/echo", 404)]
    public async Task No_spelling_of_a_path_leads_around_the_key(string path, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var reply = await gateway.RawAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        Assert.StartsWith($"HTTP/1.1 {status}", reply, StringComparison.Ordinal);
    }
}

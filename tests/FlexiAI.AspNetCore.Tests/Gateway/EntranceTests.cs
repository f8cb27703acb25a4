using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlexiAI.Tests;

public sealed class EntranceTests
{
    [Fact]
    public async Task A_group_is_guarded_as_a_whole_and_an_endpoint_in_it_may_differ()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(map: app =>
        {
            var group = app.MapGroup("/group").RequireAdminKey();
            group.MapGet("/delegate", context => context.Response.WriteAsync("served"));
            group.MapGet("/handler", () => "served");
            group.MapGet("/page", () => "served").AllowWithoutKey();
        });
        foreach (var (path, bare) in new[] { ("delegate", 401), ("handler", 401), ("page", 200) })
        {
            using var stranger = await gateway.SendAsync(HttpMethod.Get, $"/group/{path}");
            using var admin = await gateway.SendAsync(HttpMethod.Get, $"/group/{path}", null, ("x-admin-key", GatewayUnderTest.AdminKey));
            Assert.Equal(bare, (int)stranger.StatusCode);
            Assert.Equal("served", await admin.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Single(admin.Headers.GetValues("x-flexiai-request-id"));
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_only_limited_asks_for_a_key()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(map: app => app.MapGet("/v1/limited", () => "served").LimitConcurrency());
        using var stranger = await gateway.SendAsync(HttpMethod.Get, "/v1/limited");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task What_a_wire_cannot_read_is_the_callers_error_and_names_the_field()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(map: app =>
            app.MapPost("/v1/wire", _ => throw new WireException("messages[0].role", "The role is unknown.")).RequireClientKey());
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/wire", "{}", ("x-api-key", GatewayUnderTest.ClientKey));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("\"param\":\"messages[0].role\"", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_services_the_gateway_says_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddFlexiGateway", Assert.Throws<InvalidOperationException>(() => app.MapFlexiAI()).Message, StringComparison.Ordinal);
    }
}

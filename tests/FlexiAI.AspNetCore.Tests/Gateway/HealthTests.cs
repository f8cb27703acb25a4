using System.Net;
using FlexiAI;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Alive_and_ready_are_told_without_a_key_and_nothing_more()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        Assert.Equal("""{"status":"alive"}""", await gateway.Http.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        Assert.Equal("""{"status":"ready"}""", await gateway.Http.GetStringAsync("/readyz", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_gateway_is_not_ready_while_no_provider_admits_a_call()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.App.Services.GetRequiredService<FlexiClient>().IsolateProvider("only");
        using var ready = await gateway.SendAsync(HttpMethod.Get, "/readyz");
        using var alive = await gateway.SendAsync(HttpMethod.Head, "/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"not_ready"}""", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}

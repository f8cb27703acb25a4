using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Tests;

public sealed class BindGuardTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    [InlineData("http://some-host:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task Without_client_keys_no_address_but_this_machines_is_bound(string url)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(GatewayUnderTest.WithoutKeys, url: url));
        Assert.Contains("Gateway:ClientKeys", refused.Message, StringComparison.Ordinal);
        Assert.Contains(url.Split(';')[^1], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_key_alone_does_not_open_the_gateway_to_others() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(options => options.ClientKeys.Clear(), url: "http://0.0.0.0:0"));

    [Fact]
    public async Task An_address_given_to_the_server_in_code_is_seen_too() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayUnderTest.StartAsync(
            GatewayUnderTest.WithoutKeys,
            services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ListenAnyIP(0))));

    [Fact]
    public async Task With_client_keys_every_address_may_be_bound()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(url: "http://0.0.0.0:0");
        Assert.Contains("0.0.0.0", gateway.App.Urls.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5000", true)]
    [InlineData("https://127.0.0.1:443", true)]
    [InlineData("http://127.8.9.1:1", true)]
    [InlineData("https://[::1]:5000", true)]
    [InlineData("http://unix:/run/flexiai.sock", true)]
    [InlineData("https://*:443", false)]
    [InlineData("http://10.0.0.1:80", false)]
    [InlineData("http://localhost.example:80", false)]
    [InlineData("nonsense", false)]
    public void Local_addresses_are_told_from_others(string address, bool local) => Assert.Equal(local, BindGuard.IsLocal(address));
}

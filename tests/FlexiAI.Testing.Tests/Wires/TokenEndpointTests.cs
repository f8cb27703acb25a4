using System.Security.Cryptography;
using System.Text.Json;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class TokenEndpointTests
{
    [Fact]
    public async Task An_assertion_is_recorded_and_the_token_opens_the_models()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { RequiredApiKey = "another" });
        using var exchange = new HttpRequestMessage(HttpMethod.Post, provider.TokenUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", "a.b.c")]),
        };

        var token = await Raw.SendJsonAsync(exchange);
        using var request = provider.Request();
        request.Headers.Authorization = new("Bearer", (string?)token["access_token"]);
        using var response = await Raw.SendAsync(request);

        Assert.Equal(("Bearer", 3599), ((string?)token["token_type"], (int)token["expires_in"]!));
        Assert.Contains("assertion=a.b.c", provider.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal(SimulatedOperation.Token, provider.Requests[0].Operation);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task It_fails_by_its_own_script_only()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);
        provider.Faults.Always(Fault.Status(500));
        provider.TokenFaults.Next(Fault.Status(503, ""));

        using var failed = await Raw.SendAsync(new HttpRequestMessage(HttpMethod.Post, provider.TokenUrl));
        using var answered = await Raw.SendAsync(new HttpRequestMessage(HttpMethod.Post, provider.TokenUrl));
        using var model = await Raw.SendAsync(provider.Request());

        Assert.Equal([503, 200, 500], new[] { failed, answered, model }.Select(response => (int)response.StatusCode));
        Assert.Equal("", await failed.Content.ReadAsStringAsync(Raw.Token));
    }

    [Fact]
    public async Task A_service_account_points_to_it_with_a_usable_key()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);

        var account = JsonElement.Parse(SimulatedServiceAccount.CreateJson(provider, "my-project"));

        Assert.Equal("service_account", account.GetProperty("type").GetString());
        Assert.Equal("my-project", account.GetProperty("project_id").GetString());
        Assert.Equal(provider.TokenUrl, account.GetProperty("token_uri").GetString());
        using var key = RSA.Create();
        key.ImportFromPem(account.GetProperty("private_key").GetString());
        Assert.Equal(2048, key.KeySize);
    }

    [Fact]
    public async Task A_service_account_needs_the_Google_wire()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        Assert.Throws<ArgumentException>(() => SimulatedServiceAccount.CreateJson(provider));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlexiAI.Tests;

/// <summary>What <c>serve</c> does not begin with.</summary>
public sealed class ServeRefusalTests : IDisposable
{
    private const string Entry = """
        "Providers": [ { "Type": "openai-compatible", "Name": "first", "Model": "m", "BaseUrl": "http://127.0.0.1:1/v1" } ]
        """;

    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Theory]
    [InlineData(""" "Gateway": { "MaxConcurrentRequests": 0 } """, "MaxConcurrentRequests is 0; allowed: 1 to 1,000,000.")]
    [InlineData(""" "Gateway": { "MaxRequestBodySize": "big" } """, "Gateway:MaxRequestBodySize is \"big\"; allowed: a whole number.")]
    [InlineData(""" "Gateway": { "DrainTimout": "00:00:01" } """, "'DrainTimout' is not known in Gateway; allowed: AdminKeys, ClientKeys, DrainTimeout,")]
    [InlineData(""" "Gateway": { "Models": { "fast": [ "nobody" ] } } """, "Models[fast] is \"nobody\"; allowed: names of providers: first.")]
    [InlineData(""" "Gateway": { "ClientKeys": [ "sk-secret" ] } """, "ClientKeys[0] is not a key (its value is not shown); allowed: 16 to")]
    [InlineData(""" "Gateway": { "ClientKeys": "sk-secret-0123456789" } """, "Gateway:ClientKeys is a single value (not shown); allowed: a list")]
    [InlineData(""" "Redis": { "Scop": "x" } """, "'Scop' is not known in Redis; allowed: ConnectionString, FailFastAtStart,")]
    [InlineData(""" "Redis": "localhost,nonsense=1,password=sk-secret" """, "ConnectionString cannot be read; allowed: a connection string")]
    [InlineData(""" "Telemetry": { "LogFormt": "x" } """, "Telemetry:LogFormt is unknown; allowed: ServiceName,")]
    [InlineData(""" "Telemetry": { "LogFormat": "x" } """, "LogFormat is \"x\"; allowed: text, json, or none.")]
    public async Task A_setting_is_named_with_its_value_and_what_is_allowed(string more, string words) =>
        await RefusedAsync(words, $"{{ {Entry}, {more} }}");

    [Fact]
    public async Task A_section_that_would_be_passed_over_is_named() => await RefusedAsync(
        "Gateway stands beside FlexiAI; allowed: in it, beside Providers.", $$"""{ "FlexiAI": { {{Entry}} }, "Gateway": { "ClientKeys": [ "sk-secret-0123456789" ] } }""");

    [Theory]
    [InlineData("nonsense", "--urls is \"nonsense\"; allowed: addresses such as http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:99999", "--urls is \"http://127.0.0.1:99999\"; allowed:")]
    [InlineData("http://127.0.0.1:0/path", "--urls is \"http://127.0.0.1:0/path\"; allowed:")]
    [InlineData("ftp://127.0.0.1:0", "--urls is \"ftp://127.0.0.1:0\"; allowed:")]
    [InlineData("http://0.0.0.0:0", "allowed without keys in Gateway:ClientKeys: localhost")]
    [InlineData("http://127.0.0.1:0;http://*:0", "allowed without keys in Gateway:ClientKeys: localhost")]
    public async Task An_address_is_named_too(string urls, string words) => await RefusedAsync(words, $"{{ {Entry} }}", urls);

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        await RefusedAsync($"--urls is \"{url}\": Failed to bind to address {url}: address already in use.", $"{{ {Entry} }}", url);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_in_one_line()
    {
        (await _flexiai.RunAsync("serve", "--config", "nowhere.json")).AssertRefused("--config is \"nowhere.json\", which cannot be read");
        (await _flexiai.RunAsync("serve", "--config", ".")).AssertRefused("--config is \".\", which cannot be read");
    }

    [Fact]
    public async Task Keys_come_from_the_environment_and_a_wrong_one_is_not_repeated()
    {
        _flexiai.With("FLEXIAI_CLIENT_KEYS", "client-secret-0123456789, sk-secret");
        await RefusedAsync("ClientKeys[1] is not a key (its value is not shown)", $"{{ {Entry} }}");
        _flexiai.With("FLEXIAI_CLIENT_KEYS", "client-secret-0123456789").With("FLEXIAI_ADMIN_KEY", "client-secret-0123456789");
        await RefusedAsync("AdminKeys[0] is a client's key too", $"{{ {Entry} }}");

        _flexiai.With("FLEXIAI_ADMIN_KEY", "admin-secret-0123456789");
        await using var serve = await ServeProcess.StartAsync(_flexiai);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(serve, "v1/models", null));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(serve, "v1/models", "client-secret-0123456789"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(serve, "status", "client-secret-0123456789"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(serve, "status", "admin-secret-0123456789"));
        Assert.Contains(serve.Process.Out, line => line.Contains("-H \"Authorization: Bearer $FLEXIAI_KEY\"", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", string.Concat(serve.Process.Out.Concat(serve.Process.Error)), StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string words, string config, string urls = "http://127.0.0.1:0")
    {
        var ending = await _flexiai.WithFile(config).RunAsync("serve", "--urls", urls);

        ending.AssertRefused(words);
        Assert.Equal("", ending.Out);
        Assert.Single(ending.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("secret", ending.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GetAsync(ServeProcess serve, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await serve.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}

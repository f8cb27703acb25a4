using System.Net;
using System.Text.Json.Nodes;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class AdminTests
{
    [Fact]
    public async Task Isolate_holds_the_circuit_open_and_reset_closes_it()
    {
        await using var host = await StatusHost.StartAsync();

        Assert.Equal("isolated", StateOf(await PostAsync(host, "circuits/first/isolate"), 0));
        Assert.Equal("closed", StateOf(await PostAsync(host, "circuits/first/reset"), 0));
    }

    [Fact]
    public async Task Reset_without_a_name_closes_all_circuits()
    {
        await using var host = await StatusHost.StartAsync();
        await PostAsync(host, "circuits/first/isolate");
        await PostAsync(host, "circuits/second/isolate");

        var status = await PostAsync(host, "circuits/reset");

        Assert.Equal(("closed", "closed"), (StateOf(status, 0), StateOf(status, 1)));
    }

    [Fact]
    public async Task A_promoted_provider_is_asked_first_and_shown_so()
    {
        await using var host = await StatusHost.StartAsync();

        var status = await PostAsync(host, "providers/SECOND/promote");

        Assert.Equal((false, true), ((bool)status["providers"]![0]!["promoted"]!, (bool)status["providers"]![1]!["promoted"]!));
        Assert.Equal("second", (await host.AskAsync()).Provider);
    }

    [Theory]
    [InlineData("circuits/nobody/reset")]
    [InlineData("circuits/nobody/isolate")]
    [InlineData("providers/nobody/promote")]
    public async Task An_unknown_name_is_not_found_and_the_allowed_ones_are_named(string path)
    {
        await using var host = await StatusHost.StartAsync();

        using var response = await host.Http.PostAsync(path, content: null, StatusHost.Stop);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(StatusHost.Stop))!["error"]!;

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("No provider is named \"nobody\"; allowed: first, second.", (string)error["message"]!);
        Assert.Equal(["first", "second"], error["allowed"]!.AsArray().Select(name => (string)name!));
    }

    [Theory]
    [InlineData("team/claude")]
    [InlineData("team%2Fclaude")]
    [InlineData("anbieter-ö-日本")]
    [InlineData("a b?c#d+e&f")]
    [InlineData("reset")]
    public async Task A_name_of_any_signs_is_found_percent_encoded(string name)
    {
        await using var host = await StatusHost.StartAsync(new() { Names = ["team", name], Simulated = true });

        Assert.Equal("isolated", StateOf(await PostAsync(host, $"circuits/{Uri.EscapeDataString(name)}/isolate?x=a/b"), 1));
        Assert.True((bool)(await PostAsync(host, $"faults/{Uri.EscapeDataString(name)}/fail"))["providers"]![1]!["failing"]!);
    }

    [Fact]
    public async Task A_name_with_a_slash_is_found_under_a_prefix()
    {
        await using var host = await StatusHost.StartAsync(new() { Names = ["team/claude"], Prefix = "/ai" });

        Assert.Equal("isolated", StateOf(await PostAsync(host, "ai/circuits/team%2Fclaude/isolate/"), 0));
    }

    [Fact]
    public async Task Simulated_providers_fail_and_heal_on_command()
    {
        await using var host = await StatusHost.StartAsync(new() { Simulated = true });

        var status = await PostAsync(host, "faults/first/fail");
        Assert.True((bool)status["simulated"]! && (bool)status["providers"]![0]!["simulated"]! && (bool)status["providers"]![0]!["failing"]!);
        Assert.Equal("second", (await host.AskAsync()).Provider);

        Assert.False((bool)(await PostAsync(host, "faults/first/release"))["providers"]![0]!["failing"]!);
        Assert.Equal("first", (await host.AskAsync()).Provider);
    }

    [Fact]
    public async Task Real_providers_cannot_be_made_to_fail()
    {
        await using var host = await StatusHost.StartAsync();

        using var response = await host.Http.PostAsync("faults/first/fail", content: null, StatusHost.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("first", (await host.AskAsync()).Provider);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("X-Program", "no browser", HttpStatusCode.OK)]
    public async Task A_page_of_another_origin_can_do_nothing(string header, string value, HttpStatusCode expected)
    {
        await using var host = await StatusHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "circuits/first/isolate") { Headers = { { header, value } } };

        using var response = await host.Http.SendAsync(request, StatusHost.Stop);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "isolated" : "closed", StateOf(await host.GetAsync("status"), 0));
    }

    private static string StateOf(JsonNode status, int provider) => (string)status["providers"]![provider]!["circuit"]!["state"]!;

    private static async Task<JsonNode> PostAsync(StatusHost host, string path)
    {
        using var response = await host.Http.PostAsync(path, content: null, StatusHost.Stop);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(StatusHost.Stop))!;
    }
}

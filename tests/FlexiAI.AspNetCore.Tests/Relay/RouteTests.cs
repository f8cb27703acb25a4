using System.Net;
using FlexiAI.Testing;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

/// <summary>Which entries serve the model that a caller names, and in which order.</summary>
public class RouteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auto", "one,two,three")]
    [InlineData("AUTO", "one,two,three")]
    [InlineData("two", "two")]
    [InlineData("TWO", "two")]
    [InlineData("fast", "three,one")]
    [InlineData("two-model", "two,one,three")]
    public async Task A_name_leads_to_entries_in_their_order(string model, string expected)
    {
        await using var one = await DownAsync("one");
        await using var two = await DownAsync("two");
        await using var three = await DownAsync("three");
        await using var gateway = await GatewayHost.StartAsync(Options(one, two, three), gateway => gateway.Models["fast"] = ["three", "one"]);

        using var response = await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        var asked = json.RootElement.GetProperty("error").GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("provider").GetString());
        Assert.Equal(expected, string.Join(',', asked));
        Assert.Equal(["1"], response.Headers.GetValues("Retry-After"));
    }

    [Fact]
    public async Task A_promoted_entry_is_the_first_of_every_route_that_it_is_on_and_of_no_other()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        await using var three = await StartAsync("three");
        await using var gateway = await GatewayHost.StartAsync(Options(one, two, three), gateway =>
        {
            gateway.Models["with"] = ["three", "two"];
            gateway.Models["without"] = ["three", "one"];
        });
        gateway.Client.SetPrimaryProvider("two");

        Assert.Equal("two", await ServedByAsync(gateway, "auto"));
        Assert.Equal("two", await ServedByAsync(gateway, "with"));
        Assert.Equal("three", await ServedByAsync(gateway, "without"));
    }

    [Fact]
    public async Task A_name_that_nothing_has_is_refused_and_nobody_is_asked()
    {
        await using var one = await StartAsync("one");
        await using var gateway = await GatewayHost.StartAsync(one);

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"gpt-9","messages":[]}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("\"model_not_found\"", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Retry-After"));
        Assert.Empty(one.Requests);
    }

    [Fact]
    public async Task Only_entries_of_the_very_model_for_embeddings_stand_in_for_each_other()
    {
        await using var one = await DownAsync("one");
        await using var two = await StartAsync("two");
        var options = Options(one, two);
        ((OpenAIProvider)options.Providers[1]).EmbeddingModel = "embed-2";
        await using var gateway = await GatewayHost.StartAsync(options);

        using var response = await gateway.PostAsync("/v1/embeddings", """{"model":"embed-1","input":"hi"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(two.Requests);
    }

    [Fact]
    public async Task An_alias_of_an_entry_that_there_is_not_ends_the_start()
    {
        await using var one = await StartAsync("one");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayHost.StartAsync(Options(one), gateway => gateway.Models["fast"] = ["nobody"]));

        Assert.Equal("Models[fast] is \"nobody\"; allowed: names of providers: one.", Assert.Single(refusal.Failures));
    }

    [Fact]
    public async Task An_endpoint_that_an_entry_does_not_have_is_asked_of_the_next_and_is_no_failure_of_the_first()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        one.Faults.Always(Fault.Status(404, """{"error":{"message":"no such path"}}"""));
        two.Faults.Always(Fault.Status(200, """{"results":[]}"""));
        await using var gateway = await GatewayHost.StartAsync(one, two);

        using var response = await gateway.PostAsync("/v1/moderations", """{"model":"omni-moderation","input":"hi"}""");

        Assert.Equal("""{"results":[]}""", await response.Content.ReadAsStringAsync(Stop));
        Assert.Contains("omni-moderation", Assert.Single(two.Requests).Body, StringComparison.Ordinal);
        Assert.Equal(0, gateway.Client.GetProviderStatus("one").CircuitBreaker.FailureCount);
    }

    [Fact]
    public async Task An_endpoint_that_no_entry_has_is_not_found()
    {
        await using var one = await StartAsync("one");
        one.Faults.Always(Fault.Status(404, "{}"));
        await using var gateway = await GatewayHost.StartAsync(one);

        using var response = await gateway.PostAsync("/v1/moderations", """{"input":"hi"}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.False(response.Headers.Contains("Retry-After"));
    }

    private static Task<SimulatedProvider> StartAsync(string name) => SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = name }, Stop);

    private static async Task<SimulatedProvider> DownAsync(string name)
    {
        var provider = await StartAsync(name);
        provider.Faults.Always(Fault.InvalidApiKey());
        return provider;
    }

    private static FlexiOptions Options(params SimulatedProvider[] providers) =>
        GatewayHost.Options(providers.Select((provider, i) => GatewayHost.Entry(provider, i + 1)));

    private static async Task<string> ServedByAsync(GatewayHost gateway, string model)
    {
        using var response = await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""");
        return Assert.Single(response.Headers.GetValues("x-flexiai-provider"));
    }
}

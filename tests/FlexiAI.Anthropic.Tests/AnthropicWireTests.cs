using Anthropic.Models.Messages;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;

namespace FlexiAI.Tests;

/// <summary>What the entry puts on the wire, and how it is configured.</summary>
public sealed class AnthropicWireTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    public async Task TheAddress_MayEndInTheVersion(string suffix)
    {
        var request = await SeenAsync(entry => entry.BaseUrl += suffix);
        Assert.Equal("/v1/messages", request.Path);
    }

    [Fact]
    public async Task WithoutALimitOfTokens_TheDefaultIsSent()
    {
        Assert.Equal(4096, Limit(await SeenAsync(_ => { })));
        Assert.Equal(99, Limit(await SeenAsync(entry => entry.DefaultMaxOutputTokens = 99)));
        Assert.Equal(99, Limit(await SeenAsync(entry => entry.DefaultMaxOutputTokens = 99, new() { Temperature = 0.5f })));

        static int Limit(SimulatedRequest request) => request.Json!.Value.GetProperty("max_tokens").GetInt32();
    }

    [Fact]
    public async Task BetaFeatures_AreNamedInTheHeader()
    {
        var request = await SeenAsync(entry => entry.Beta = "one-2026-01-01,two-2026-01-01");
        Assert.Equal("one-2026-01-01,two-2026-01-01", request.Headers["anthropic-beta"]);
    }

    [Theory]
    [InlineData("claude-3-5-haiku-20241022", null, true)]
    [InlineData("claude-sonnet-4-5", null, true)]
    [InlineData("claude-opus-4-7", null, false)]
    [InlineData("claude-opus-4-7", true, true)]
    [InlineData("claude-3-5-haiku-20241022", false, false)]
    public async Task Sampling_IsSentToModelsThatTakeIt(string model, bool? setting, bool sent)
    {
        var request = await SeenAsync(
            entry => (entry.Model, entry.SendSampling) = (model, setting), new() { Temperature = 0.5f, TopP = 0.25f, TopK = 3, MaxOutputTokens = 7 });

        var json = request.Json!.Value;
        Assert.Equal(sent, json.TryGetProperty("temperature", out var temperature));
        Assert.Equal(sent, json.TryGetProperty("top_p", out _));
        Assert.Equal(sent, json.TryGetProperty("top_k", out _));
        Assert.Equal((model, 7), (request.Model, json.GetProperty("max_tokens").GetInt32()));
        if (sent)
        {
            Assert.Equal(0.5, temperature.GetDouble());
        }
    }

    [Fact]
    public async Task Sampling_IsAddedToTheCallersOwnParameters()
    {
        var request = await SeenAsync(_ => { }, new()
        {
            Temperature = 0.5f,
            RawRepresentationFactory = _ => new MessageCreateParams { MaxTokens = 11, Messages = [], Model = "claude-3", InferenceGeo = "eu" },
        });

        var json = request.Json!.Value;
        Assert.Equal((11, "eu", 0.5), (json.GetProperty("max_tokens").GetInt32(), json.GetProperty("inference_geo").GetString(), json.GetProperty("temperature").GetDouble()));
    }

    [Fact]
    public void TheTypeIsReadFromAConfiguration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Providers:0:Type"] = "anthropic",
            ["Providers:0:Model"] = "claude-3-5-haiku-20241022",
            ["Providers:0:DefaultMaxOutputTokens"] = "99",
            ["Providers:0:SendSampling"] = "false",
            ["Providers:0:UseExtendedThinking"] = "true",
            ["Providers:0:Beta"] = "one",
            ["Providers:1:Type"] = "anthropic",
            ["Providers:1:Model"] = "claude-opus-4-7",
            ["Providers:1:AcceptsPrefill"] = "false",
        }).Build();
        var options = new FlexiOptions();

        FlexiConfiguration.Read(configuration, new FlexiAIBuilder().AddAnthropic(), options);

        var first = Assert.IsType<AnthropicProvider>(options.Providers[0]);
        Assert.Equal((99, false, true, "one", true), (first.DefaultMaxOutputTokens, first.SendSampling, first.UseExtendedThinking, first.Beta, first.AcceptsPrefill));
        Assert.Equal(("claude-opus-4-7", false), (options.Providers[1].Model, options.Providers[1].AcceptsPrefill));
    }

    private static async Task<SimulatedRequest> SeenAsync(Action<AnthropicProvider> change, ChatOptions? options = null)
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, cancellationToken: Stop);
        var entry = Entries.Anthropic(simulated, "key-of-mine");
        change(entry);
        await using var client = new FlexiClient(new FlexiOptions { Providers = [entry] });
        await client.GetResponseAsync("Hello", options, Stop);
        return Assert.Single(simulated.Requests);
    }
}

using Microsoft.Extensions.Configuration;

namespace FlexiAI.Tests;

public sealed class OpenAIConfigurationTests
{
    [Fact]
    public void EveryTypeIsReadWithItsOwnSettings()
    {
        var entries = Read(
            ("0:Type", "openai"), ("0:Model", "gpt-4o-mini"), ("0:ApiKey", "k"), ("0:Organization", "org"), ("0:Project", "proj"),
            ("0:Timeout", "00:00:30"), ("0:MaxRetries", "1"), ("0:EmbeddingModel", "small"), ("0:Priority", "3"), ("0:Name", "first"),
            ("1:Type", "Azure-OpenAI"), ("1:Model", "deployment"), ("1:BaseUrl", "https://x.test"),
            ("2:Type", "openai-compatible"), ("2:Model", "llama"), ("2:BaseUrl", "http://localhost:1/v1"), ("2:UseMaxTokens", "true"), ("2:AcceptsPrefill", "true"));

        var openAI = Assert.IsType<OpenAIProvider>(entries[0]);
        Assert.Equal(("first", "gpt-4o-mini", "k", "org", "proj"), (openAI.Name, openAI.Model, openAI.ApiKey, openAI.Organization, openAI.Project));
        Assert.Equal((TimeSpan.FromSeconds(30), 1, "small", 3), (openAI.Timeout, openAI.MaxRetries, openAI.EmbeddingModel, openAI.Priority));
        var azure = Assert.IsType<AzureOpenAIProvider>(entries[1]);
        Assert.Equal(("deployment", "https://x.test"), (azure.Model, azure.BaseUrl));
        var compatible = Assert.IsType<OpenAICompatibleProvider>(entries[2]);
        Assert.Equal(("llama", true, true), (compatible.Model, compatible.UseMaxTokens, compatible.AcceptsPrefill));
    }

    [Theory]
    [InlineData("Modle", "m", "Modle")]
    [InlineData("Timeout", "soon", "Timeout")]
    [InlineData("UseMaxTokens", "perhaps", "UseMaxTokens")]
    public void WhatIsNotUnderstood_IsNamed(string property, string value, string named)
    {
        var exception = Assert.ThrowsAny<InvalidOperationException>(() => Read(("0:Type", "openai-compatible"), ($"0:{property}", value)));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    private static IList<ProviderOptions> Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Providers:{setting.Key}", (string?)setting.Value))).Build();
        var options = new FlexiOptions();
        FlexiConfiguration.Read(configuration, new FlexiAIBuilder().AddOpenAI(), options);
        return options.Providers;
    }
}

namespace FlexiAI.Tests;

/// <summary>Validation, environment variables and addresses of the entries.</summary>
public sealed class OpenAIEntryTests
{
    private const string Secret = "sk-very-secret\n";

    public static TheoryData<ProviderOptions, string> Invalid => new()
    {
        { new OpenAIProvider { Model = "m" }, "ApiKey is empty; allowed: a key, here or in OPENAI_API_KEY." },
        { new OpenAIProvider { Model = "m", ApiKey = Secret }, "ApiKey has a character that an HTTP header cannot carry; allowed: visible ASCII, no line break." },
        { new OpenAIProvider { Model = "m", ApiKey = "k", EmbeddingModel = " " }, "EmbeddingModel is empty; allowed: the name of a model, or none." },
        { new OpenAIProvider { ApiKey = "k" }, "Model is empty; allowed: the name of a model." },
        { new AzureOpenAIProvider { Model = "m", BaseUrl = "https://x.test" }, "ApiKey is empty; allowed: a key, here or in AZURE_OPENAI_API_KEY, or a TokenProvider." },
        {
            new AzureOpenAIProvider { Model = "m", ApiKey = "k" },
            "BaseUrl is null; allowed: the resource's endpoint, an absolute http or https address, here or in AZURE_OPENAI_ENDPOINT."
        },
        { new OpenAICompatibleProvider { Model = "m" }, "BaseUrl is null; allowed: an absolute http or https address." },
        { new OpenAICompatibleProvider { Model = "m", BaseUrl = "localhost:1" }, "BaseUrl is \"localhost:1\"; allowed: an absolute http or https address." },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void WhatIsWrong_IsSaidWithTheField_AndWithoutTheKey(ProviderOptions entry, string problem)
    {
        var problems = entry.Validate().ToList();
        Assert.Equal([problem], problems);
        Assert.DoesNotContain("very-secret", string.Concat(problems), StringComparison.Ordinal);
    }

    public static TheoryData<ProviderOptions> Valid =>
    [
        new OpenAIProvider { Model = "m", ApiKey = "k" },
        new AzureOpenAIProvider { Model = "m", ApiKey = "k", BaseUrl = "https://x.test" },
        new AzureOpenAIProvider { Model = "m", TokenProvider = _ => new("t"), BaseUrl = "https://x.test" },
        OpenAICompatibleProvider.Ollama("m"),
        OpenAICompatibleProvider.Groq("m", "k"),
        OpenAICompatibleProvider.DeepSeek("m", "k"),
        OpenAICompatibleProvider.Mistral("m", "k"),
        OpenAICompatibleProvider.OpenRouter("m", "k"),
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void ACompleteEntry_IsValid(ProviderOptions entry) => Assert.Empty(entry.Validate());

    [Fact]
    public void WhatIsMissing_ComesFromTheEnvironment()
    {
        ProviderOptions openAI = new OpenAIProvider();
        ProviderOptions azure = new AzureOpenAIProvider { ApiKey = " " };
        ProviderOptions compatible = new OpenAICompatibleProvider();
        foreach (var entry in (ProviderOptions[])[openAI, azure, compatible])
        {
            entry.UseEnvironment(name => $"of {name}");
        }

        Assert.Equal("of OPENAI_API_KEY", openAI.ApiKey);
        Assert.Equal(("of AZURE_OPENAI_API_KEY", "of AZURE_OPENAI_ENDPOINT"), (azure.ApiKey, azure.BaseUrl));
        Assert.Null(compatible.ApiKey);
    }

    [Fact]
    public void WhatIsGiven_StaysAsItIs()
    {
        ProviderOptions openAI = new OpenAIProvider { ApiKey = "mine" };
        ProviderOptions azure = new AzureOpenAIProvider { TokenProvider = _ => new("t"), BaseUrl = "https://mine.test" };
        openAI.UseEnvironment(name => name);
        azure.UseEnvironment(name => name);

        Assert.Equal("mine", openAI.ApiKey);
        Assert.Equal((null, "https://mine.test"), (azure.ApiKey, azure.BaseUrl));
    }
}

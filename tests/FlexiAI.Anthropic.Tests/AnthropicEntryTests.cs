namespace FlexiAI.Tests;

/// <summary>Validation and environment variables of the entry.</summary>
public sealed class AnthropicEntryTests
{
    public static TheoryData<AnthropicProvider, string> Invalid => new()
    {
        { new AnthropicProvider { Model = "m" }, "ApiKey is empty; allowed: a key, here or in ANTHROPIC_API_KEY." },
        {
            new AnthropicProvider { Model = "m", ApiKey = "very-secret\r\n" },
            "ApiKey has a character that an HTTP header cannot carry; allowed: visible ASCII, no line break."
        },
        { new AnthropicProvider { Model = "m", ApiKey = "k", DefaultMaxOutputTokens = 0 }, "DefaultMaxOutputTokens is 0; allowed: 1 and above." },
        { new AnthropicProvider { ApiKey = "k" }, "Model is empty; allowed: the name of a model." },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void WhatIsWrong_IsSaidWithTheField_AndWithoutTheKey(AnthropicProvider entry, string problem)
    {
        var problems = ((ProviderOptions)entry).Validate().ToList();
        Assert.Equal([problem], problems);
        Assert.DoesNotContain("very-secret", string.Concat(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingKey_ComesFromTheEnvironment_AndAGivenOneStays()
    {
        ProviderOptions missing = new AnthropicProvider { Model = "m", ApiKey = "" };
        ProviderOptions given = new AnthropicProvider { Model = "m", ApiKey = "mine" };
        missing.UseEnvironment(name => $"of-{name}");
        given.UseEnvironment(name => name);

        Assert.Equal("of-ANTHROPIC_API_KEY", missing.ApiKey);
        Assert.Equal("mine", given.ApiKey);
        Assert.Empty(missing.Validate());
    }
}

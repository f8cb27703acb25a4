namespace FlexiAI.Samples;

public sealed class ConfigurationKeyTests
{
    private const string NoKey = "code only";

    public static TheoryData<string, string> ClientKeys() =>
    [
        .. Keys(nameof(FlexiOptions)).Where(key => key != "Providers" && key != "CircuitBreaker").Select(key => (nameof(FlexiOptions), key)),
        .. Keys(nameof(CircuitBreakerOptions)).Select(key => (nameof(CircuitBreakerOptions), key)),
    ];

    public static TheoryData<string, string> EntryKeys() =>
    [
        .. from entry in new (string Type, string Page)[]
           {
               ("openai", nameof(OpenAIProvider)), ("azure-openai", nameof(AzureOpenAIProvider)), ("openai-compatible", nameof(OpenAICompatibleProvider)),
               ("anthropic", nameof(AnthropicProvider)), ("vertexai", nameof(VertexAIProvider)), ("gemini", nameof(GeminiProvider)),
           }
           from key in Keys(entry.Page).Concat(Keys(nameof(ProviderOptions)))
           select (entry.Type, key),
    ];

    [Theory]
    [MemberData(nameof(ClientKeys))]
    public void A_key_of_the_page_sets_the_option_of_the_client(string type, string key)
    {
        var options = Configuration.FromKeys(Entry("openai").Append(Setting(key)));

        Assert.Equal(Value(key), Read(type == nameof(FlexiOptions) ? options : options.CircuitBreaker, key.Split(':')[^1]));
    }

    [Theory]
    [MemberData(nameof(EntryKeys))]
    public void A_key_of_the_page_sets_the_option_of_the_entry(string type, string key)
    {
        var options = Configuration.FromKeys(Entry(type).Append(Setting(key, "Providers:0:")).DistinctBy(setting => setting.Key));

        Assert.Equal(Value(key), Read(options.Providers[0], key));
    }

    [Theory]
    [InlineData("FailureThreshold")]
    [InlineData("CircuitBreaker:Threshold")]
    public void A_key_that_is_not_on_the_page_is_an_error(string key) =>
        Assert.Throws<InvalidOperationException>(() => Configuration.FromKeys(Entry("openai").Append(new(key, "3"))));

    [Theory]
    [InlineData("openai")]
    [InlineData("azure-openai")]
    [InlineData("openai-compatible")]
    [InlineData("anthropic")]
    [InlineData("vertexai")]
    [InlineData("gemini")]
    public void A_key_that_an_entry_does_not_have_is_an_error(string type) =>
        Assert.Throws<InvalidOperationException>(() => Configuration.FromKeys(Entry(type).Append(new("Providers:0:TimeOut2", "3"))));

    private static IEnumerable<string> Keys(string type) => OptionTable.Of(type).Select(row => row.Key).Where(key => key != NoKey);

    private static IEnumerable<KeyValuePair<string, string?>> Entry(string type) =>
    [
        new("Providers:0:Type", type), new("Providers:0:Model", "text"), new("Providers:0:BaseUrl", "http://localhost"),
        .. type == "vertexai" ? [new KeyValuePair<string, string?>("Providers:0:Project", "text")] : Array.Empty<KeyValuePair<string, string?>>(),
    ];

    private static KeyValuePair<string, string?> Setting(string key, string prefix = "") => key switch
    {
        "CircuitBreaker:CountedFailures" => new("CircuitBreaker:CountedFailures:0", "Timeout"),
        "SafetySettings" => new($"{prefix}SafetySettings:HARM_CATEGORY_HARASSMENT", "BLOCK_ONLY_HIGH"),
        _ => new(prefix + key, Value(key)),
    };

    /// <summary>A value that every option of such a name allows and none has by default.</summary>
    private static string Value(string key) => key.Split(':')[^1] switch
    {
        "BaseUrl" => "http://localhost",
        "FailoverMode" => nameof(FailoverMode.WhenOpen),
        "StreamRecovery" => nameof(StreamRecovery.Continue),
        "HedgeBudget" => "0.5",
        "HedgeAfter" => "00:00:07",
        "CountedFailures" => nameof(FailureKind.Timeout),
        "SafetySettings" => "[HARM_CATEGORY_HARASSMENT, BLOCK_ONLY_HIGH]",
        "Location" => "europe-west1",
        "AcceptsPrefill" or "FailOverOnCallerFaults" or "UseMaxTokens" or "UseExtendedThinking" or "SendSampling" => "True",
        "DefaultTemperature" or "RecoveryJitter" => "1",
        "FailureThreshold" or "HalfOpenMaxCalls" or "RecoveryBackoffFactor" or "MaxAttempts" or "MaxStreamRecoveries" or "DefaultMaxOutputTokens" or "Priority" or "MaxRetries"
            or "ThinkingBudget" => "7",
        var name when name.Contains("Time", StringComparison.Ordinal) || name is "RetryDelay" or "MaxRetryAfterWait" or "MaxRetryAfter" => "00:00:07",
        _ => "text",
    };

    private static string? Read(object options, string property) => options.GetType().GetProperty(property)!.GetValue(options) switch
    {
        IEnumerable<FailureKind> kinds => string.Join(", ", kinds),
        IEnumerable<KeyValuePair<string, string>> pairs => string.Join(", ", pairs),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}

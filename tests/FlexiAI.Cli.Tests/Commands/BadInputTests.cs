namespace FlexiAI.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Theory]
    [InlineData("'cht'", "cht")]
    [InlineData("command", new string[0])]
    [InlineData("'prompt'", "chat")]
    [InlineData("prompt is empty; allowed: some text.", "chat", " ")]
    [InlineData("'--nope'", "chat", "Hello", "--nope")]
    [InlineData("--mode is \"later\"; allowed: immediate, when-open.", "drill", "--mode", "later")]
    [InlineData("--config is \"missing.json\", which cannot be read", "status", "--config", "missing.json")]
    public async Task AWrongCommandLine_IsRefused(string words, params string[] arguments) =>
        (await _flexiai.RunAsync(arguments)).AssertRefused(words);

    [Fact]
    public async Task AnUnknownProvider_IsRefusedWithTheNamesThereAre()
    {
        _flexiai.WithFile("""{ "Providers": [ { "Type": "openai", "Model": "m", "ApiKey": "k" }, { "Type": "anthropic", "Name": "claude", "Model": "m", "ApiKey": "k" } ] }""");
        (await _flexiai.RunAsync("chat", "Hello", "--provider", "nobody")).AssertRefused("--provider is \"nobody\"; allowed: openai, claude.");
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("[]", "line 1, column 1")]
    [InlineData("{\n  \"Providers\": [\n    { \"Type\": \"öpenai\" \"Model\": \"m\" }\n  ]\n}", "line 3, column 24")]
    [InlineData("{\n  \"Providers\": [", "line 2, column 17")]
    [InlineData("{ \"Providers\": [], \"Providers\": [] }", "line 1, column")]
    public async Task ABrokenFile_IsRefusedWithLineAndColumn(string content, string place) =>
        (await _flexiai.WithFile(content).RunAsync("chat", "Hello")).AssertRefused("flexiai.json", place);

    [Theory]
    [InlineData("""{ "Providers": [] }""", "Providers is empty; allowed: at least one provider.")]
    [InlineData("""{ "Providers": [ { "Type": "opnai" } ] }""", "Providers:0:Type is \"opnai\"; allowed: anthropic, azure-openai, gemini, openai, openai-compatible, vertexai.")]
    [InlineData("""{ "FlexiAI": { "Providers": [ { "Model": "m" } ] } }""", "FlexiAI:Providers:0:Type is missing; allowed: anthropic,")]
    [InlineData("""{ "Providers": [ OK, { "Type": "openai", "Name": "OpenAI", "Model": "m", "ApiKey": "k" } ] }""", "Name is \"OpenAI\"; allowed: a name that no other provider has")]
    [InlineData("""{ "Providers": [ { "Type": "openai", "Model": "m", "ApiKey": "k", "Priority": 0 } ] }""", "Priority is 0; allowed: 1 and above.")]
    [InlineData("""{ "Providers": [ { "Type": "openai", "Model": "", "ApiKey": "k" } ] }""", "Model is empty; allowed: the name of a model.")]
    [InlineData("""{ "Providers": [ { "Type": "openai", "Model": "m" } ] }""", "ApiKey is empty; allowed: a key, here or in OPENAI_API_KEY.")]
    [InlineData("""{ "Providers": [ OK ], "CircuitBreaker": { "FailureThreshold": 0 } }""", "CircuitBreaker.FailureThreshold is 0; allowed: 1 to 1,000,000.")]
    [InlineData("""{ "Providers": [ OK ], "CircuitBreaker": { "RecoveryTimeout": "00:00:00" } }""", "CircuitBreaker.RecoveryTimeout is 00:00:00; allowed: above zero")]
    [InlineData("""{ "Providers": [ OK ], "CircuitBreaker": { "FailureThreshold": "many" } }""", "CircuitBreaker:FailureThreshold is \"many\"; allowed: a whole number.")]
    [InlineData("""{ "Providers": [ OK ], "CircuitBreaker": { "RecoveryTimeout": "soon" } }""", "CircuitBreaker:RecoveryTimeout is \"soon\"; allowed: a time such as")]
    [InlineData("""{ "Providers": [ OK ], "FailoverMode": "Later" }""", "FailoverMode is \"Later\"; allowed: Immediate or WhenOpen.")]
    [InlineData("""{ "Providers": [ { "Type": "openai", "Model": "m", "ApiKey": "k", "Prioritty": 2 } ] }""", "'Prioritty' is not known in an entry of Type openai; allowed: AcceptsPrefill, ApiKey, BaseUrl,")]
    [InlineData("""{ "Providers": [ { "Type": "gemini", "Model": "m", "ApiKey": "k", "ThinkingBudge": 2 } ] }""", "'ThinkingBudge' is not known in an entry of Type gemini; allowed: ")]
    [InlineData("""{ "Provider": [ OK ] }""", "'Provider' is not known; allowed: CircuitBreaker,")]
    public async Task AWrongValue_IsRefusedWithFieldValueAndWhatIsAllowed(string content, string words)
    {
        content = content.Replace("OK", """{ "Type": "openai", "Name": "openai", "Model": "m", "ApiKey": "k" }""", StringComparison.Ordinal);
        (await _flexiai.WithFile(content).RunAsync("chat", "Hello")).AssertRefused(words);
    }
}

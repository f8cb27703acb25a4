using System.Text.Json;

namespace FlexiAI.Tests;

public sealed class StatusTests : IDisposable
{
    private const string Entries = """
        { "Providers": [
          { "Type": "openai", "Model": "gpt-4o-mini", "ApiKey": "sk-from-the-file" },
          { "Type": "openai", "Model": "gpt-4o", "Priority": 2, "BaseUrl": "https://user:pass-word@example.test:8443/v1?key=sk-in-the-query" },
          { "Type": "anthropic", "Name": "claude", "Model": "claude-sonnet-4-5", "Priority": 3 },
          { "Type": "openai-compatible", "Name": "ollama", "Model": "llama3", "Priority": 4, "BaseUrl": "http://localhost:11434/v1" }
        ], "FailoverMode": "WhenOpen", "CircuitBreaker": { "FailureThreshold": 3, "RecoveryTimeout": "00:00:30" } }
        """;

    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Json_SaysOfEveryEntryWhereItsKeyIsFromAndNeverWhichItIs()
    {
        var ending = await _flexiai.WithFile(Entries).With("OPENAI_API_KEY", "sk-from-the-environment").With("ANTHROPIC_API_KEY", "sk-ant-secret").RunAsync("status", "--json");

        Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
        var status = JsonElement.Parse(Assert.Single(ending.Lines));
        Assert.Equal("file", status.GetProperty("source").GetString());
        Assert.Equal(Path.Combine(_flexiai.Folder, "flexiai.json"), status.GetProperty("path").GetString());
        Assert.Equal("when-open", status.GetProperty("failoverMode").GetString());
        Assert.Equal("""{"failureThreshold":3,"recoveryTimeout":30,"halfOpenMaxCalls":1}""", status.GetProperty("circuitBreaker").GetRawText());
        Assert.Equal(
            [
                """{"name":"openai","type":"openai","model":"gpt-4o-mini","priority":1,"baseUrl":null,"key":{"present":true,"from":"configuration","needed":true}}""",
                """{"name":"openai-2","type":"openai","model":"gpt-4o","priority":2,"baseUrl":"https://example.test:8443/v1","key":{"present":true,"from":"OPENAI_API_KEY","needed":true}}""",
                """{"name":"claude","type":"anthropic","model":"claude-sonnet-4-5","priority":3,"baseUrl":null,"key":{"present":true,"from":"ANTHROPIC_API_KEY","needed":true}}""",
                """{"name":"ollama","type":"openai-compatible","model":"llama3","priority":4,"baseUrl":"http://localhost:11434/v1","key":{"present":false,"from":null,"needed":false}}""",
            ],
            status.GetProperty("providers").EnumerateArray().Select(entry => entry.GetRawText()));
        AssertNoSecret(ending);
    }

    [Fact]
    public async Task Table_ShowsWhatIsConfiguredInPlainText()
    {
        var ending = await _flexiai.WithFile(Entries).With("OPENAI_API_KEY", "sk-from-the-environment").With("ANTHROPIC_API_KEY", "sk-ant-secret").RunAsync("status");

        Assert.Equal(0, ending.ExitCode);
        Assert.Contains(ending.Lines, line => Words(line) is ["claude", "anthropic", "claude-sonnet-4-5", "3", "the", "vendor's", "present", "(ANTHROPIC_API_KEY)"]);
        Assert.Contains(ending.Lines, line => Words(line) is ["ollama", "openai-compatible", "llama3", "4", "http://localhost:11434/v1", "none", "needed"]);
        Assert.Contains("Failover mode: when-open.", ending.Out, StringComparison.Ordinal);
        Assert.Contains("3 failures open it, 30 s until recovery is tested, 1 at once", ending.Out, StringComparison.Ordinal);
        ending.AssertPlain();
        AssertNoSecret(ending);
    }

    [Fact]
    public async Task AMissingKey_IsShownAndRefused()
    {
        var ending = await _flexiai.WithFile(Entries).RunAsync("status");

        ending.AssertRefused("Providers[1] (openai-2): ApiKey is empty; allowed: a key, here or in OPENAI_API_KEY.", "ANTHROPIC_API_KEY");
        Assert.Contains(ending.Lines, line => Words(line) is ["claude", .., "missing"]);
    }

    [Fact]
    public async Task WithoutAFile_AnEntryStandsForEachVendorWhoseVariableIsSet()
    {
        var ending = await _flexiai
            .With("ANTHROPIC_API_KEY", "sk-ant-secret").With("GEMINI_API_KEY", "gem-secret").With("GOOGLE_CLOUD_PROJECT", "my-project").With("OPENAI_API_KEY", "")
            .RunAsync("status", "--json");

        Assert.Equal(0, ending.ExitCode);
        var status = JsonElement.Parse(ending.Out);
        Assert.Equal("environment", status.GetProperty("source").GetString());
        Assert.Equal(
            ["anthropic claude-3-5-haiku-20241022 1", "gemini gemini-2.0-flash 2", "vertexai gemini-2.0-flash 3"],
            status.GetProperty("providers").EnumerateArray().Select(entry => $"{entry.GetProperty("type")} {entry.GetProperty("model")} {entry.GetProperty("priority")}"));
        AssertNoSecret(ending);
    }

    [Fact]
    public async Task WithNothingConfigured_ItSaysSo()
    {
        var ending = await _flexiai.RunAsync("status");

        Assert.Equal(0, ending.ExitCode);
        Assert.StartsWith("No provider is configured", ending.Out, StringComparison.Ordinal);
        Assert.Contains(ending.Lines, line => Words(line) is ["gemini", "gemini", "gemini-2.0-flash", "3", "this", "machine", "none", "needed"]);
    }

    private static void AssertNoSecret(Ending ending) =>
        Assert.DoesNotMatch("sk-|secret|pass-word", ending.Out + ending.Error);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text.Json;
using System.Xml.Linq;

namespace FlexiAI.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    private const string Incident = """
        { "title": "A <test> & more", "duration": "00:05:00", "arrivals": { "rate": 2 },
          "providers": { "openai": { "events": [ { "kind": "error", "from": "00:01:00", "to": "00:02:00" } ] } } }
        """;

    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task TwoRuns_WriteTheSameBytes()
    {
        _flexiai.WithFile(Incident, "incident.json");
        var first = await _flexiai.RunAsync("simulate", "--incident", "incident.json", "--svg", "a.svg");
        var second = await _flexiai.RunAsync("simulate", "--incident", "incident.json", "--svg", "b.svg");

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(first.Out, second.Out);
        first.AssertPlain();
        var picture = await File.ReadAllTextAsync(Path.Combine(_flexiai.Folder, "a.svg"), TestContext.Current.CancellationToken);
        Assert.Equal(picture, await File.ReadAllTextAsync(Path.Combine(_flexiai.Folder, "b.svg"), TestContext.Current.CancellationToken));
        Assert.Contains("A <test> & more", XDocument.Parse(picture).Descendants().Select(element => element.Value));
        Assert.DoesNotContain("href", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_IsOneObjectOfTheDocumentedShape()
    {
        var ending = await _flexiai.WithFile(Incident, "incident.json").RunAsync("simulate", "--incident", "incident.json", "--json");

        Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
        var report = JsonElement.Parse(Assert.Single(ending.Lines));
        AssertProperties(report, "incident", "title", "seed", "duration", "failoverMode", "circuitBreaker", "whole", "during", "latency", "providers", "episodes");
        AssertProperties(report.GetProperty("during"), "requests", "answered", "availability", "failed");
        AssertProperties(report.GetProperty("latency"), "p50", "p99", "undisturbedP50", "undisturbedP99", "addedP50", "addedP99");
        AssertProperties(
            report.GetProperty("providers")[0], "name", "timeout", "maxRetries", "answered", "share", "attempts", "failedAttempts", "attemptsWhileDisturbed", "failedWhileDisturbed", "tokens", "tokensThrownAway", "circuitOpenings");
        AssertProperties(report.GetProperty("episodes")[0], "provider", "from", "to", "failoverFirst", "failoverSteady", "returnFirst", "returnSteady");
        Assert.Equal(["openai", "anthropic"], report.GetProperty("providers").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task AConfiguration_IsPlayedWithItsEntriesByNameOrType()
    {
        _flexiai.WithFile(Incident, "incident.json").WithFile("""
            { "Providers": [ { "Type": "openai", "Name": "first", "Model": "m", "Timeout": "00:00:07", "MaxRetries": 0 },
                             { "Type": "openai", "Name": "second", "Model": "m", "Priority": 2 }, { "Type": "gemini", "Model": "m", "Priority": 3 } ],
              "FailoverMode": "WhenOpen", "CircuitBreaker": { "FailureThreshold": 4 } }
            """);
        var ending = await _flexiai.RunAsync("simulate", "--incident", "incident.json", "--json", "--recovery-timeout", "00:00:20");

        Assert.Equal((0, ""), (ending.ExitCode, ending.Error));
        var report = JsonElement.Parse(ending.Out);
        Assert.Equal("when-open", report.GetProperty("failoverMode").GetString());
        Assert.Equal("""{"failureThreshold":4,"recoveryTimeout":20,"halfOpenMaxCalls":1}""", report.GetProperty("circuitBreaker").GetRawText());
        Assert.Equal(
            ["first 7 0 True", "second 60 2 True", "gemini 60 2 False"],
            report.GetProperty("providers").EnumerateArray().Select(e => $"{e.GetProperty("name")} {e.GetProperty("timeout")} {e.GetProperty("maxRetries")} {e.GetProperty("attemptsWhileDisturbed").GetInt32() > 0}"));
    }

    [Theory]
    [InlineData("--incident", "simulate")]
    [InlineData("--incident is \"nothing.json\", which is no file; allowed: the path of an incident file, or google-cloud-2025-06-12,", "simulate", "--incident", "nothing.json")]
    [InlineData("broken.json: line 1, column 3: not JSON", "simulate", "--incident", "broken.json")]
    [InlineData("unknown.json: providers.opnai is no configured entry's name or type; allowed: openai.", "simulate", "--incident", "unknown.json", "--config", "config.json")]
    [InlineData("--mode is \"later\"; allowed: immediate, when-open.", "simulate", "--incident", "incident.json", "--mode", "later")]
    [InlineData("--recovery-timeout is \"soon\"; allowed: seconds such as 30, or a time such as 00:00:30", "simulate", "--incident", "incident.json", "--recovery-timeout", "soon")]
    [InlineData("CircuitBreaker.FailureThreshold is 0; allowed: 1 to 1,000,000.", "simulate", "--incident", "incident.json", "--failure-threshold", "0")]
    [InlineData("--svg is \"no/such/folder.svg\", which cannot be written", "simulate", "--incident", "incident.json", "--svg", "no/such/folder.svg")]
    [InlineData("--config is \"nothing.json\", which cannot be read", "simulate", "--incident", "incident.json", "--config", "nothing.json")]
    public async Task WrongInput_IsRefused(string words, params string[] arguments)
    {
        _flexiai.WithFile(Incident, "incident.json").WithFile("{ x", "broken.json").WithFile(Incident.Replace("openai", "opnai", StringComparison.Ordinal), "unknown.json")
            .WithFile("""{ "Providers": [ { "Type": "openai", "Model": "m" } ] }""", "config.json");
        (await _flexiai.RunAsync(arguments)).AssertRefused(words);
    }

    private static void AssertProperties(JsonElement element, params string[] names) =>
        Assert.Equal(names, element.EnumerateObject().Select(property => property.Name));
}

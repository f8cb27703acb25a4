using System.Text.Json;
using FlexiAI.Cli;

namespace FlexiAI.Tests;

/// <summary>Plays small incidents: a request per second at "openai" and "anthropic", whose answers always take one second.</summary>
internal static class Played
{
    public static async Task<Simulation> Async(string events, Action<FlexiOptions>? configure = null, string duration = "00:10:00", string arrivals = """{ "rate": 1, "kind": "even" }""")
    {
        const string Second = """{ "p50": "00:00:01", "p99": "00:00:01" }""";
        var incident = IncidentReader.Read("incident.json", JsonElement.Parse($$"""
            { "duration": "{{duration}}", "arrivals": {{arrivals}}, "tokens": { "input": 10, "output": 5 },
              "providers": { "openai": { "latency": {{Second}}, "events": [ {{events}} ] }, "anthropic": { "latency": {{Second}} } } }
            """));
        var options = new FlexiOptions
        {
            Providers = [new OpenAIProvider { Priority = 1, MaxRetries = 0 }, new AnthropicProvider { Priority = 2, MaxRetries = 0 }],
            CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(30) },
        };
        configure?.Invoke(options);
        return await Simulation.RunAsync(incident, new Cast(options, incident), TestContext.Current.CancellationToken);
    }

    public static string Json(this Simulation simulation) => JsonSerializer.Serialize(simulation.Report(), SimulationJson.Default.SimulationReport);
}

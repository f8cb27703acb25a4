using System.Collections.Concurrent;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>The runs of all Node scripts, each once for its provider's wire, since starting Node takes long.</summary>
public sealed class NodeRuns
{
    private static readonly string[] Shared =
    [
        "chat", "stream", "roles", "tools", "parallel", "picture", "schema", "usage", "models",
        "error_400", "error_401", "error_404", "error_429", "error_503", "abort", "cut", "unicode", "long",
    ];

    private readonly ConcurrentDictionary<(string Script, SimulatedWire Wire), Lazy<Task<NodeRun>>> _runs = [];

    /// <summary>The case that the test itself completes: every call that was left in mid-stream has ended at the provider.</summary>
    public const string Left = "left";

    public static IEnumerable<TheoryDataRow<SimulatedWire, string>> OfOpenAI() =>
        Rows(SimulatedWire.OpenAI, [.. Shared, "embeddings", "unknown", "responses", "responses_stream"])
            .Concat(Rows(SimulatedWire.Anthropic, [.. Shared, "embeddings_refused"]))
            .Concat(Rows(SimulatedWire.Google, [.. Shared, "embeddings"]));

    public static IEnumerable<TheoryDataRow<SimulatedWire, string>> OfAnthropic() =>
        Rows(SimulatedWire.Anthropic, [.. Shared, "unknown"])
            .Concat(Rows(SimulatedWire.OpenAI, Shared))
            .Concat(Rows(SimulatedWire.Google, Shared));

    internal async Task CheckAsync(string script, SimulatedWire wire, string name, IEnumerable<TheoryDataRow<SimulatedWire, string>> rows)
    {
        var cases = rows.Where(row => row.Data.Item1 == wire).Select(row => row.Data.Item2);
        var run = await _runs.GetOrAdd((script, wire), key => new(() => RunAsync(key.Script, key.Wire, cases))).Value;
        run.AssertPassed(name);
    }

    private static async Task<NodeRun> RunAsync(string script, SimulatedWire wire, IEnumerable<string> cases)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var run = await NodeRun.StartAsync(script, stage, cases.Where(name => name != Left));
        run.Add(Left, await LeftAsync(stage));
        return run;
    }

    private static async Task<string?> LeftAsync(SdkStage stage)
    {
        try
        {
            var endings = await stage.LeftInMidStreamAsync();
            return endings.Length == 2 && endings.All(ending => ending == SimulatedEnding.ClientAborted)
                ? null
                : $"The calls that were left ended at the provider as: {string.Join(", ", endings)}.";
        }
        catch (TimeoutException)
        {
            return "A call that was left goes on at the provider.";
        }
    }

    private static IEnumerable<TheoryDataRow<SimulatedWire, string>> Rows(SimulatedWire wire, IEnumerable<string> cases) =>
        cases.Append(Left).Select(name => new TheoryDataRow<SimulatedWire, string>(wire, name));
}

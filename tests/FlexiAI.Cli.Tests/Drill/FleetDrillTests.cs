using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>One drill with four processes, run once and looked at by several tests.</summary>
public sealed class FleetRun : IAsyncLifetime
{
    internal Ending Ending { get; private set; } = null!;

    internal IReadOnlyList<JsonElement> Lines { get; private set; } = [];

    internal IEnumerable<JsonElement> Requests => Lines.Where(line => DrillRun.Event(line) == "request");

    internal IEnumerable<JsonElement> Transitions => Lines.Where(line => DrillRun.Event(line) == "transition");

    public async ValueTask InitializeAsync()
    {
        using var flexiai = new FlexiProcess();
        Ending = await flexiai.RunAsync("drill", "--workers", "4", "--fast", "--json");
        Lines = [.. Ending.Lines.Select(line => JsonElement.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false }))];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class FleetDrillTests(FleetRun run) : IClassFixture<FleetRun>
{
    [Fact]
    public void ExitsWith0AndWritesNothingToStandardError() => Assert.Equal((0, ""), (run.Ending.ExitCode, run.Ending.Error));

    [Fact]
    public void EveryLine_HasExactlyTheDocumentedProperties()
    {
        foreach (var line in run.Lines)
        {
            string[] expected = DrillRun.Event(line) switch
            {
                "request" => ["t", "event", "worker", "n", "outcome", "provider", "attempts", "circuit"],
                "transition" => ["t", "event", "worker", "circuit", "from", "to", "cause"],
                _ => ["event", "workers", "opened_within_ms", "probes_per_recovery", "failed"],
            };
            Assert.Equal(expected, line.EnumerateObject().Select(property => property.Name));
        }
    }

    [Fact]
    public void TheLastLine_SaysThatAllOpenedAndThatOneProbeLeftTheFleetAtEachRecovery()
    {
        var summary = run.Lines[^1];
        var opened = summary.GetProperty("opened_within_ms").EnumerateArray().Select(time => time.GetInt64()).ToList();
        Assert.Equal(4, opened.Count);

        // Which is the first depends on how soon each process gets round to telling it.
        Assert.Equal(0, opened.Min());
        Assert.Equal(
            $$"""{"event":"summary","workers":4,"opened_within_ms":[{{string.Join(',', opened)}}],"probes_per_recovery":[1,1],"failed":0}""",
            summary.GetRawText());
    }

    [Fact]
    public void Worker1Opens_AndTheOthersFollow() => Assert.Equal(
        ["1 threshold", "2 remote", "3 remote", "4 remote"],
        run.Transitions.Where(line => line.GetProperty("from").GetString() == "closed").Select(line => $"{line.GetProperty("worker")} {line.GetProperty("cause")}").Order());

    [Fact]
    public void EveryWorkersCircuit_IsClosedAtTheEnd() => Assert.Equal(
        ["closed", "closed", "closed", "closed"],
        run.Transitions.GroupBy(line => line.GetProperty("worker").GetInt32()).Select(lines => lines.Last().GetProperty("to").GetString()));

    [Fact]
    public void OfAllRequests_ThreeMetTheOutage_TwoTestedTheRecovery_AndEachWorkerCameBack() => Assert.Equal(
        ["openai failure ServerError: 4", "openai skipped: 42", "openai success: 5"],
        run.Requests.Select(request => request.GetProperty("attempts")[0])
            .GroupBy(attempt => $"{attempt.GetProperty("provider")} {attempt.GetProperty("outcome")}{(attempt.TryGetProperty("kind", out var kind) ? $" {kind}" : "")}")
            .Select(group => $"{group.Key}: {group.Count()}").Order());

    [Fact]
    public void Requests_AreNumberedFrom1AndTimeNeverGoesBack()
    {
        Assert.Equal(Enumerable.Range(1, run.Requests.Count()), run.Requests.Select(request => request.GetProperty("n").GetInt32()));
        var times = run.Lines.SkipLast(1).Select(line => line.GetProperty("t").GetDouble()).ToList();
        Assert.Equal(times.Order(), times);
    }
}

using FlexiAI.Cli;

namespace FlexiAI.Tests;

/// <summary>A drill with several processes that goes otherwise than it must.</summary>
public sealed class FleetVerdictTests : IDisposable
{
    private static readonly WorkerProgram Program = new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "FlexiAI.Cli.dll")]);

    private readonly StringWriter _output = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task WorkersThatShareNothing_FailTheDrill()
    {
        var plan = FleetPlan.Create(2, fast: true) with { Patience = TimeSpan.FromSeconds(1) };
        await using var stage = await FleetStage.StartAsync(plan, redis: null, Program, Stop);
        await stage.OwnRedis!.DisposeAsync();

        var verdict = await FleetDrill.RunAsync(stage, new JsonFleetView(_output), Stop);

        Assert.Equal(
            "the circuits, by worker: expected every circuit is open, but it was open in epoch 0, closed in epoch 0.",
            Assert.Single(verdict.Surprises));
        Assert.EndsWith("""{"event":"summary","workers":2,"opened_within_ms":[0],"probes_per_recovery":[],"failed":0}""" + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecoveryThatTwoProcessesTest_FailsTheDrill()
    {
        // Redis is there when the circuits open, and gone when they may be tested: then each process tests by itself.
        var plan = FleetPlan.Create(2, fast: true) with { Patience = TimeSpan.FromSeconds(1) };
        await using var stage = await FleetStage.StartAsync(plan, redis: null, Program, Stop);
        var view = new EndingView(_output, "case B", () => stage.OwnRedis!.DisposeAsync().AsTask());

        var verdict = await FleetDrill.RunAsync(stage, view, Stop);

        Assert.Contains("requests that reached openai when its circuit was tested and then open: expected 1, but it was 2.", verdict.Surprises);
    }

    /// <summary>Does something when a phase begins.</summary>
    private sealed class EndingView(TextWriter output, string phase, Func<Task> act) : IFleetView
    {
        private readonly JsonFleetView _inner = new(output);

        public void Title(FleetStage stage) => _inner.Title(stage);

        public void Phase(string explanation)
        {
            if (explanation.Contains(phase, StringComparison.Ordinal))
            {
                act().GetAwaiter().GetResult();
            }
        }

        public void Request(FleetRequest request) => _inner.Request(request);

        public void Transition(FleetTransition transition) => _inner.Transition(transition);

        public void Summary(FleetSummary summary, DrillVerdict verdict) => _inner.Summary(summary, verdict);
    }
}

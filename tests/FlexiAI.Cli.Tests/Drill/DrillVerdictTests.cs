using FlexiAI.Cli;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class DrillVerdictTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task APrimaryThatNeverRecovers_FailsTheDrill()
    {
        var plan = DrillPlan.Create(FailoverMode.Immediate, fast: true) with { AfterRecovery = Fault.Overloaded() };
        await using var stage = await DrillStage.StartAsync(plan, TestContext.Current.CancellationToken);

        var verdict = await Cli.Drill.RunAsync(stage, new JsonDrillView(_output), TestContext.Current.CancellationToken);

        Assert.False(verdict.Passed);
        Assert.Contains(verdict.Surprises, surprise => surprise.StartsWith("request 17: expected openai success, but it was openai failure ServerError", StringComparison.Ordinal));
        Assert.Contains("\"recovered\":false", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestOfRecoveryThatSucceedsTooEarly_FailsTheDrill()
    {
        var plan = DrillPlan.Create(FailoverMode.Immediate, fast: true) with { StillDown = Fault.Delay(TimeSpan.Zero) };
        await using var stage = await DrillStage.StartAsync(plan, TestContext.Current.CancellationToken);

        var verdict = await Cli.Drill.RunAsync(stage, new JsonDrillView(_output), TestContext.Current.CancellationToken);

        Assert.Contains(verdict.Surprises, surprise => surprise.StartsWith("requests that reached openai in case B: expected 1, but it was 2", StringComparison.Ordinal));
        Assert.Contains(verdict.Surprises, surprise => surprise.StartsWith("the circuits: ", StringComparison.Ordinal));
    }
}

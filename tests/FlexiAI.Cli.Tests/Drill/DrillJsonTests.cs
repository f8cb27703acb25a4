using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>What holds of <c>drill --json</c> in both modes.</summary>
public abstract class DrillJsonTests(DrillFixture fixture)
{
    private protected DrillRun Run => fixture.Run;

    [Fact]
    public void ExitsWith0AndWritesNothingToStandardError() => Assert.Equal((0, ""), (Run.Ending.ExitCode, Run.Ending.Error));

    [Fact]
    public void EveryLine_HasExactlyTheDocumentedProperties() => Run.AssertShape();

    [Fact]
    public void Requests_AreNumberedFrom1WithoutGaps() =>
        Assert.Equal(Enumerable.Range(1, Run.Requests.Count), Run.Requests.Select(request => request.GetProperty("n").GetInt32()));

    [Fact]
    public void Time_NeverGoesBack()
    {
        var times = Run.Lines.SkipLast(1).Select(line => line.GetProperty("t").GetDouble()).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Transitions_AreTheGuidesTimeline() => Assert.Equal(
        [
            "openai closed open threshold",
            "openai open half-open probe", "openai half-open open probe",
            "openai open half-open probe", "openai half-open closed probe",
        ],
        Run.Lines.Where(line => DrillRun.Event(line) == "transition").Select(DrillRun.DescribeTransition));

    [Fact]
    public void EachRequestsCircuits_AreWhatTheTransitionsBeforeItMadeThem()
    {
        var circuits = new Dictionary<string, string?> { ["openai"] = "closed", ["anthropic"] = "closed" };
        foreach (var line in Run.Lines.SkipLast(1))
        {
            if (DrillRun.Event(line) == "transition")
            {
                Assert.Equal(circuits[line.GetProperty("circuit").GetString()!], line.GetProperty("from").GetString());
                circuits[line.GetProperty("circuit").GetString()!] = line.GetProperty("to").GetString();
            }
            else
            {
                Assert.Equal(circuits, line.GetProperty("circuits").EnumerateObject().ToDictionary(circuit => circuit.Name, circuit => circuit.Value.GetString()));
            }
        }
    }

    [Fact]
    public void CaseB_OneRequestTestsThePrimaryInVainAndTheNextOneSkipsIt()
    {
        var probe = IndexAfter("openai half-open open probe");
        Assert.Equal("success anthropic: openai failure ServerError, anthropic success; open", DrillRun.Describe(Run.Lines[probe]));
        Assert.Equal("success anthropic: openai skipped, anthropic success; open", DrillRun.Describe(Run.Lines[probe + 1]));
    }

    [Fact]
    public void CaseA_OneRequestTestsThePrimaryAndAllLaterOnesGoThere() => Assert.Equal(
        Enumerable.Repeat("success openai: openai success; closed", 3),
        Run.Lines.SkipLast(1).Skip(IndexAfter("openai half-open closed probe")).Select(DrillRun.Describe));

    [Fact]
    public void Summary_CountsTheRequestsAndSaysThatThePrimaryServesAgain()
    {
        var failed = Run.Requests.Count(request => request.GetProperty("outcome").GetString() == "failure");
        Assert.Equal(
            $$"""{"event":"summary","requests":{{Run.Requests.Count}},"succeeded":{{Run.Requests.Count - failed}},"failed":{{failed}},"recovered":true}""",
            Run.Summary.GetRawText());
    }

    private int IndexAfter(string transition) => 1 + Run.Lines.Index().First(line =>
        line.Item.TryGetProperty("circuit", out _) && DrillRun.DescribeTransition(line.Item) == transition).Index;
}

public sealed class ImmediateDrillTests(ImmediateDrill fixture) : DrillJsonTests(fixture), IClassFixture<ImmediateDrill>
{
    [Fact]
    public void AllTen_AreAnswered() => Assert.Equal(
        [
            .. Enumerable.Repeat("success anthropic: openai failure Timeout, anthropic success; closed", 2),
            "success anthropic: openai failure Timeout, anthropic success; open",
            .. Enumerable.Repeat("success anthropic: openai skipped, anthropic success; open", 7),
        ],
        Run.Requests.Take(10).Select(DrillRun.Describe));
}

public sealed class WhenOpenDrillTests(WhenOpenDrill fixture) : DrillJsonTests(fixture), IClassFixture<WhenOpenDrill>
{
    [Fact]
    public void ThreeFail_TheCircuitOpensAtTheThird_AndTheBackupAnswersFromTheFourth() => Assert.Equal(
        [
            .. Enumerable.Repeat("failure : openai failure Timeout, anthropic skipped; closed", 2),
            "failure : openai failure Timeout, anthropic skipped; open",
            .. Enumerable.Repeat("success anthropic: openai skipped, anthropic success; open", 7),
        ],
        Run.Requests.Take(10).Select(DrillRun.Describe));
}

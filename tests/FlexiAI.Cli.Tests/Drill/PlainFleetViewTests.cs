using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class PlainFleetViewTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly PlainFleetView _view;

    public PlainFleetViewTests() => _view = new PlainFleetView(_output);

    public void Dispose() => _output.Dispose();

    [Fact]
    public void EachEvent_IsALineThatNamesItsWorker()
    {
        _view.Phase("Outage.");
        _view.Transition(new FleetTransition(0.08, "transition", 2, "openai", "closed", "open", "remote"));
        _view.Request(new FleetRequest(
            0.12, "request", 3, 7, "success", "anthropic", [new DrillAttempt("openai", "skipped", null), new DrillAttempt("anthropic", "success", null)], "open"));

        Assert.Equal(
            """

            Outage.
            T=  0.08 s  worker 2, circuit of openai: closed -> open (remote)
            T=  0.12 s  worker 3, request  7: anthropic  openai skipped, anthropic answers               circuit of openai: open

            """.ReplaceLineEndings("\n"),
            _output.ToString());
    }

    [Theory]
    [InlineData("0", "Everything went as it must.")]
    [InlineData("1", "Not everything went as it must.")]
    public void TheSummary_SaysWhetherAllHeld(string failed, string words)
    {
        var verdict = new DrillVerdict();
        verdict.Check("requests that failed", "0", failed);

        _view.Summary(new FleetSummary("summary", 2, [0, 29], [1, 1], 0), verdict);

        Assert.Equal($"\nOpened after 0, 29 ms. Requests that tested each recovery: 1, 1. 0 requests failed. {words}\n", _output.ToString());
    }
}

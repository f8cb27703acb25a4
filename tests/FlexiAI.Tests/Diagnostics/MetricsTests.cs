using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace FlexiAI.Tests;

public sealed class MetricsTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly TestMeters _meters = new();

    [Fact]
    public async Task Requests_and_attempts_are_counted_by_outcome_and_kind()
    {
        using var lab = new Lab(_a.Failing(FailureKind.Timeout), _b) { Meters = _meters };
        using var requests = new MetricCollector<long>(_meters, "FlexiAI", "flexiai.requests");
        using var attempts = new MetricCollector<long>(_meters, "FlexiAI", "flexiai.attempts");
        using var durations = new MetricCollector<double>(_meters, "FlexiAI", "flexiai.attempt.duration");
        _b.Reply = _ =>
        {
            lab.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(Answers.Text("x"));
        };
        await lab.AskAsync();
        _b.Failing(FailureKind.InvalidRequest);
        await Record.ExceptionAsync(() => lab.AskAsync());
        await Record.ExceptionAsync(() => lab.AskAsync(caller: new CancellationToken(canceled: true)));

        Assert.Equal(["Success", "Failure", "Cancelled"], requests.GetMeasurementSnapshot().Select(m => m.Tags["flexiai.outcome"]));
        Assert.Equal(
            [("a", "Failure", "Timeout"), ("b", "Success", null), ("a", "Failure", "Timeout"), ("b", "Failure", (object?)"InvalidRequest")],
            attempts.GetMeasurementSnapshot().Select(m => (m.Tags["flexiai.provider"], m.Tags["flexiai.outcome"], m.Tags.GetValueOrDefault("error.type"))));
        Assert.Equal([0, 2, 0, 0], durations.GetMeasurementSnapshot().Select(m => m.Value));
    }

    [Fact]
    public async Task Circuits_tell_their_transitions_and_their_state()
    {
        using var lab = new Lab(_a, _b) { Meters = _meters };
        _ = lab.Client;
        using var transitions = new MetricCollector<long>(_meters, "FlexiAI", "flexiai.circuit.transitions");
        using var states = new MetricCollector<int>(_meters, "FlexiAI", "flexiai.circuit.state");
        await lab.OpenAsync(_a);
        lab.Client.IsolateProvider("b");
        await transitions.WaitForMeasurementsAsync(2, Lab.Stop);

        states.RecordObservableInstruments();

        var opened = transitions.GetMeasurementSnapshot().Single(m => (string?)m.Tags["flexiai.provider"] == "a");
        Assert.Equal(("Closed", "Open", "Threshold"), (opened.Tags["flexiai.circuit.from"], opened.Tags["flexiai.circuit.to"], opened.Tags["flexiai.circuit.cause"]));
        Assert.Equal([("a", 1), ("b", 3)], states.GetMeasurementSnapshot().Select(m => ((string)m.Tags["flexiai.provider"]!, m.Value)));
    }
}

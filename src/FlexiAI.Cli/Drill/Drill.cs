using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>The guide's two timelines, one after the other: the failover, then the recovery with its case B and its case A.</summary>
internal sealed class Drill
{
    private const string Skipped = "openai skipped";
    private const string BackupAnswers = "anthropic success";

    private readonly DrillStage _stage;
    private readonly IDrillView _view;
    private readonly DrillRequests _requests;
    private readonly DrillVerdict _verdict = new();
    private readonly CancellationToken _cancelled;

    private Drill(DrillStage stage, IDrillView view, DrillRequests requests, CancellationToken cancelled) =>
        (_stage, _view, _requests, _cancelled) = (stage, view, requests, cancelled);

    public static async Task<DrillVerdict> RunAsync(DrillStage stage, IDrillView view, CancellationToken cancelled)
    {
        using var requests = new DrillRequests(stage.Client, view);
        var drill = new Drill(stage, view, requests, cancelled);
        await view.ShowAsync(stage, drill.PlayAsync).ConfigureAwait(false);
        return drill._verdict;
    }

    private async Task PlayAsync()
    {
        await FailOverAsync().ConfigureAwait(false);
        await StayDownAsync().ConfigureAwait(false);
        var recovered = await RecoverAsync().ConfigureAwait(false);
        _verdict.Check(_requests.Transitions);
        _view.Summary(_requests.Summarize(recovered), _verdict);
    }

    private async Task FailOverAsync()
    {
        var threshold = _stage.Plan.FailureThreshold;
        _view.Phase(FormattableString.Invariant($"Outage: openai falls silent. After {threshold} timeouts its circuit opens, and anthropic answers alone."));
        _stage.Primary.Faults.Always(Fault.Silence());
        string[] failing = ["openai failure Timeout", _stage.Plan.Mode == FailoverMode.Immediate ? BackupAnswers : "anthropic skipped"];
        for (var n = 1; n <= _stage.Plan.OutageRequests; n++)
        {
            await SendAsync(n <= threshold ? failing : [Skipped, BackupAnswers]).ConfigureAwait(false);
        }

        _verdict.CheckPrimary("during the outage", threshold, _stage.PrimaryRequests);
    }

    private async Task StayDownAsync()
    {
        _view.Phase("Recovery, case B: openai is still down when its recovery time is over. One request tests it, and the circuit opens again.");
        var before = _stage.PrimaryRequests;
        _stage.Primary.Faults.Always(_stage.Plan.StillDown);
        await WaitForRecoveryTimeAsync().ConfigureAwait(false);
        await SendAsync("openai failure ServerError", BackupAnswers).ConfigureAwait(false);
        await SendAsync(Skipped, BackupAnswers).ConfigureAwait(false);
        _verdict.CheckPrimary("in case B", 1, _stage.PrimaryRequests - before);
    }

    private async Task<bool> RecoverAsync()
    {
        _view.Phase("Recovery, case A: openai is well again. When another recovery time is over one request tests it, and the circuit closes.");
        var before = _stage.PrimaryRequests;
        _stage.Primary.Faults.Clear();
        if (_stage.Plan.AfterRecovery is { } fault)
        {
            _stage.Primary.Faults.Always(fault);
        }

        await WaitForRecoveryTimeAsync().ConfigureAwait(false);
        var recovered = true;
        for (var i = 0; i < 3; i++)
        {
            var request = await SendAsync("openai success").ConfigureAwait(false);
            recovered &= request is { Provider: "openai", Circuits: var circuits } && circuits["openai"] == "closed";
        }

        _verdict.CheckPrimary("in case A", 3, _stage.PrimaryRequests - before);
        return recovered;
    }

    /// <summary>Waits until the primary's circuit admits a call; twice meanwhile the backup is seen to answer.</summary>
    private async Task WaitForRecoveryTimeAsync()
    {
        for (var parts = 3; parts > 1; parts--)
        {
            await DelayAsync(RetryAfter() / parts).ConfigureAwait(false);
            await SendAsync(Skipped, BackupAnswers).ConfigureAwait(false);
        }

        while (RetryAfter() is var wait && wait > TimeSpan.Zero)
        {
            await DelayAsync(wait).ConfigureAwait(false);
        }
    }

    private TimeSpan RetryAfter() => _stage.Client.GetProviderStatus()[0].CircuitBreaker.RetryAfter ?? TimeSpan.Zero;

    private async Task<DrillRequest> SendAsync(params string[] expected)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var request = await _requests.SendAsync(_cancelled).ConfigureAwait(false);
        _verdict.Check(request, expected);
        await DelayAsync(_stage.Plan.Interval - TimeProvider.System.GetElapsedTime(begin)).ConfigureAwait(false);
        return request;
    }

    private async Task DelayAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, TimeProvider.System, _cancelled).ConfigureAwait(false);
        }
    }
}

using System.Globalization;
using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>One outage as several processes see it that share their circuits: one opens all, and one request of all of them tests each recovery.</summary>
internal sealed class FleetDrill
{
    private const string Skipped = "openai skipped, anthropic success";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    // Redis counts the break from when it heard of it, a moment after the process that opened first.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private readonly FleetStage _stage;
    private readonly IFleetView _view;
    private readonly FleetLog _log;
    private readonly DrillVerdict _verdict = new();
    private readonly List<int> _probes = [];
    private readonly CancellationToken _cancelled;

    private FleetDrill(FleetStage stage, IFleetView view, CancellationToken cancelled)
    {
        (_stage, _view, _cancelled) = (stage, view, cancelled);
        _log = new FleetLog(view);
        foreach (var worker in stage.Workers)
        {
            worker.Transition = line => _log.Transition(worker.Number, line);
        }
    }

    public static async Task<DrillVerdict> RunAsync(FleetStage stage, IFleetView view, CancellationToken cancelled)
    {
        var drill = new FleetDrill(stage, view, cancelled);
        await drill.PlayAsync().ConfigureAwait(false);
        return drill._verdict;
    }

    private async Task PlayAsync()
    {
        _ = await OpenAsync().ConfigureAwait(false)
            && await TestAsync("Recovery, case B: openai is still down when its time is over.", Fault.Overloaded(), CircuitState.Open).ConfigureAwait(false)
            && await TestAsync("Recovery, case A: openai is well again.", Fault.Delay(TimeSpan.Zero), CircuitState.Closed).ConfigureAwait(false)
            && await ServeAsync().ConfigureAwait(false);
        _verdict.Check("requests that failed", "0", Text(_log.Failed));
        _view.Summary(new FleetSummary("summary", _stage.Plan.Workers, _log.OpenedWithin, _probes, _log.Failed), _verdict);
    }

    private async Task<bool> OpenAsync()
    {
        var threshold = _stage.Plan.FailureThreshold;
        _view.Phase(FormattableString.Invariant($"Outage: openai answers that it is overloaded. Worker 1 sees it {threshold} times, and every worker's circuit opens."));
        _stage.Primary.Faults.Always(Fault.Overloaded());
        for (var i = 0; i < threshold; i++)
        {
            await AskAsync(_stage.Workers[0], 1, "openai failure ServerError, anthropic success").ConfigureAwait(false);
        }

        if (!await UntilAsync("every circuit is open", workers => _log.Opened.Count == workers.Count && Agree(workers, CircuitState.Open)).ConfigureAwait(false))
        {
            return false;
        }

        foreach (var (worker, cause) in _log.Opened)
        {
            _verdict.Check($"why the circuit of worker {worker} opened", worker == 1 ? "threshold" : "remote", Words.Of(cause));
        }

        await AskAllAsync(1, Skipped).ConfigureAwait(false);
        _verdict.CheckPrimary("during the outage", threshold, _stage.PrimaryRequests);
        return true;
    }

    private async Task<bool> TestAsync(string what, Fault answer, CircuitState after)
    {
        _view.Phase(FormattableString.Invariant($"{what} Every worker sends {_stage.Plan.Burst} requests at once; one of them all tests openai, and its circuit is {Words.Of(after)} everywhere."));
        var before = _stage.PrimaryRequests;
        _stage.Primary.Faults.Clear();
        _stage.Primary.Faults.Always(answer.AfterDelay(_stage.Plan.ProbeTakes));
        if (!await DueAsync().ConfigureAwait(false))
        {
            return false;
        }

        var epoch = (await StatusAsync().ConfigureAwait(false)).Max(status => status.Epoch);
        var requests = await AskAllAsync(_stage.Plan.Burst).ConfigureAwait(false);
        _probes.Add(_stage.PrimaryRequests - before);
        _verdict.CheckPrimary($"when its circuit was tested and then {Words.Of(after)}", 1, _probes[^1]);
        _verdict.Check("requests that did not skip openai", "1", Text(requests.Count(request => Describe(request) != Skipped)));
        return await UntilAsync(
            $"every circuit is {Words.Of(after)}", workers => Agree(workers, after) && workers[0].Epoch > epoch).ConfigureAwait(false);
    }

    private async Task<bool> ServeAsync()
    {
        _stage.Primary.Faults.Clear();
        await AskAllAsync(1, "openai success").ConfigureAwait(false);
        return true;
    }

    private async Task<bool> DueAsync()
    {
        var due = await UntilAsync(
            "every circuit may be tested", workers => Agree(workers, CircuitState.Open) && workers.All(worker => worker.RetryAfter == TimeSpan.Zero), _stage.Plan.RecoveryTimeout).ConfigureAwait(false);
        await Task.Delay(Margin, TimeProvider.System, _cancelled).ConfigureAwait(false);
        return due;
    }

    private static bool Agree(IReadOnlyList<WorkerLine> workers, CircuitState state) =>
        workers.All(worker => worker.State == state && worker.Epoch == workers[0].Epoch && worker.Epoch > 0);

    private async Task<bool> UntilAsync(string what, Func<IReadOnlyList<WorkerLine>, bool> holds, TimeSpan longer = default)
    {
        for (var begin = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begin) < _stage.Plan.Patience + longer;)
        {
            if (holds(await StatusAsync().ConfigureAwait(false)))
            {
                return true;
            }

            await Task.Delay(Step, TimeProvider.System, _cancelled).ConfigureAwait(false);
        }

        var states = (await StatusAsync().ConfigureAwait(false)).Select(worker => FormattableString.Invariant($"{Words.Of(worker.State)} in epoch {worker.Epoch}"));
        _verdict.Check("the circuits, by worker", what, string.Join(", ", states));
        return false;
    }

    private Task<WorkerLine[]> StatusAsync() => Task.WhenAll(_stage.Workers.Select(worker => worker.GetStatusAsync(_cancelled)));

    private async Task<IReadOnlyList<FleetRequest>> AskAllAsync(int count, string? expected = null) =>
        [.. (await Task.WhenAll(_stage.Workers.Select(worker => AskAsync(worker, count, expected))).ConfigureAwait(false)).SelectMany(requests => requests)];

    private async Task<IReadOnlyList<FleetRequest>> AskAsync(WorkerProcess worker, int count, string? expected)
    {
        var requests = new List<FleetRequest>();
        await worker.AskAsync(count, line => requests.Add(_log.Request(worker.Number, line)), _cancelled).ConfigureAwait(false);
        foreach (var request in requests.Where(_ => expected is not null))
        {
            _verdict.Check($"request {request.N}", expected!, Describe(request));
        }

        return requests;
    }

    private static string Describe(FleetRequest request) =>
        string.Join(", ", request.Attempts.Select(attempt => $"{attempt.Provider} {attempt.Outcome} {attempt.Kind}".TrimEnd()));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One request under way: its attempts so far, its deadline, the caller's token. Two providers may be asked at once.</summary>
internal sealed class RequestRun : IDisposable
{
    private readonly Deadline? _deadline;
    private List<CancellationTokenSource>? _lanes;
    private int _attempts;
    private bool _ended;

    /// <param name="setup">What the request goes by, its use of it begun; it ends with the request.</param>
    /// <param name="caller">The caller's token.</param>
    public RequestRun(RequestSetup setup, CancellationToken caller)
    {
        Setup = setup;
        Caller = caller;
        Activity = Traces.CurrentRequest;
        _deadline = setup.Settings.RequestTimeout is { } limit ? new Deadline(setup.Clocks, limit, caller) : null;
    }

    /// <summary>What the request goes by.</summary>
    public RequestSetup Setup { get; }

    public ClockPool Clocks => Setup.Clocks;

    public FlexiTelemetry Telemetry => Setup.Telemetry;

    public CancellationToken Caller { get; }

    /// <summary>The request's span; null where nobody traces it.</summary>
    public Activity? Activity { get; }

    /// <summary>Ends with the caller's token or the request's deadline.</summary>
    public CancellationToken Token => _deadline?.Token ?? Caller;

    public bool DeadlinePassed => _deadline is { HasPassed: true };

    public AnswerException DeadlineFailure => _deadline!.Failure;

    /// <summary>Who may be asked; null for all by priority.</summary>
    public Route? Route { get; init; }

    public RequestReport Report { get; } = new();

    /// <summary>How many attempts were begun.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public ProviderException? LastFailure { get; set; }

    /// <summary>Whether the last failure surfaces: no further provider is asked.</summary>
    public bool IsOver { get; set; }

    public bool HasTimeFor(TimeSpan wait) => _deadline?.HasTimeFor(wait) ?? true;

    /// <summary>Stops the deadline: the caller has its turn.</summary>
    public void Pause() => _deadline?.Pause();

    /// <summary>Lets the deadline run on.</summary>
    public void Resume() => _deadline?.Resume();

    /// <summary>A token for one of several calls under way, so that it can be given up alone; ends with <see cref="Token"/> too.</summary>
    public CancellationTokenSource OpenLane()
    {
        var lane = CancellationTokenSource.CreateLinkedTokenSource(Token);
        (_lanes ??= []).Add(lane);
        return lane;
    }

    /// <summary>Counts an attempt that begins, and says which it is, from 1.</summary>
    public int Begin() => Interlocked.Increment(ref _attempts);

    public void Ended(Attempt attempt) => Report.Add(attempt);

    public void Answered(Provider provider, TimeSpan duration, UsageDetails? usage) => Report.Answered(provider, duration, usage);

    public void Skip(Provider provider, SkipReason reason, TimeSpan? retryAfter = null)
    {
        var skipped = new Attempt
        {
            Provider = provider.Name,
            Model = provider.Model,
            Outcome = AttemptOutcome.Skipped,
            SkipReason = reason,
            RetryAfter = retryAfter,
        };
        Report.Add(skipped);
        if (Activity is not null)
        {
            Traces.Skipped(Activity, skipped);
        }
    }

    /// <summary>Ends the request. May be called again.</summary>
    public void Dispose()
    {
        _deadline?.Dispose();
        _lanes?.ForEach(static lane => lane.Dispose());
        _lanes = null;
        if (!Interlocked.Exchange(ref _ended, true))
        {
            Setup.Requests.End();
        }
    }
}

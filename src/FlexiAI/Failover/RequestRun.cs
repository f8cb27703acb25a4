using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One request under way: its attempts so far, its deadline, the caller's token.</summary>
internal sealed class RequestRun : IDisposable
{
    private AttemptClock? _deadline;

    public RequestRun(ClockPool clocks, FlexiTelemetry telemetry, TimeSpan? timeout, CancellationToken caller)
    {
        Clocks = clocks;
        Telemetry = telemetry;
        Caller = caller;
        if (timeout is { } limit)
        {
            _deadline = clocks.Take();
            _deadline.Start(clocks.Now, limit, "answer to the request", caller);
        }
    }

    public ClockPool Clocks { get; }

    public FlexiTelemetry Telemetry { get; }

    public CancellationToken Caller { get; }

    /// <summary>Ends with the caller's token or the request's deadline.</summary>
    public CancellationToken Token => _deadline?.Token ?? Caller;

    public bool DeadlinePassed => _deadline is { HasRung: true };

    public AnswerException DeadlineFailure => _deadline!.Failure;

    public RequestReport Report { get; } = new();

    /// <summary>How many attempts reached a provider.</summary>
    public int AttemptsMade { get; private set; }

    public ProviderException? LastFailure { get; set; }

    /// <summary>Whether the last failure surfaces: no further provider is asked.</summary>
    public bool IsOver { get; set; }

    public bool HasTimeFor(TimeSpan wait) => _deadline?.HasTimeFor(wait) ?? true;

    public void Made(Attempt attempt)
    {
        AttemptsMade++;
        Report.Add(attempt);
    }

    public void Answered(Provider provider, TimeSpan duration, UsageDetails? usage)
    {
        AttemptsMade++;
        Report.Answered(provider, duration, usage);
    }

    public void Skip(Provider provider, SkipReason reason, TimeSpan? retryAfter = null) => Report.Add(new Attempt
    {
        Provider = provider.Name,
        Model = provider.Model,
        Outcome = AttemptOutcome.Skipped,
        SkipReason = reason,
        RetryAfter = retryAfter,
    });

    public void Dispose()
    {
        _deadline?.Dispose();
        _deadline = null;
    }
}

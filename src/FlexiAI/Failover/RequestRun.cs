namespace FlexiAI;

/// <summary>One request under way: its attempts so far, its deadline, the caller's token.</summary>
internal sealed class RequestRun : IDisposable
{
    private readonly AttemptClock? _deadline;
    private readonly long _endsAt;

    public RequestRun(TimeProvider time, FlexiTelemetry telemetry, TimeSpan? timeout, CancellationToken caller)
    {
        Time = time;
        Telemetry = telemetry;
        Caller = caller;
        Token = caller;
        if (timeout is { } limit)
        {
            _deadline = new AttemptClock(time, limit, "answer to the request", caller);
            _endsAt = time.GetTimestamp() + (long)(limit.TotalSeconds * time.TimestampFrequency);
            Token = _deadline.Token;
        }
    }

    public TimeProvider Time { get; }

    public FlexiTelemetry Telemetry { get; }

    public CancellationToken Caller { get; }

    /// <summary>Ends with the caller's token or the request's deadline.</summary>
    public CancellationToken Token { get; }

    public bool DeadlinePassed => _deadline is { HasRung: true };

    public AnswerException DeadlineFailure => _deadline!.Failure;

    public List<Attempt> Attempts { get; } = [];

    /// <summary>How many attempts reached a provider.</summary>
    public int AttemptsMade { get; private set; }

    public ProviderException? LastFailure { get; set; }

    /// <summary>Whether the last failure surfaces: no further provider is asked.</summary>
    public bool IsOver { get; set; }

    public bool HasTimeFor(TimeSpan wait) => _deadline is null || Time.GetTimestamp() + (wait.TotalSeconds * Time.TimestampFrequency) < _endsAt;

    public void Made(Attempt attempt)
    {
        AttemptsMade++;
        Attempts.Add(attempt);
    }

    public void Skip(Provider provider, SkipReason reason, TimeSpan? retryAfter = null) => Attempts.Add(new Attempt
    {
        Provider = provider.Name,
        Model = provider.Model,
        Outcome = AttemptOutcome.Skipped,
        SkipReason = reason,
        RetryAfter = retryAfter,
    });

    public void Dispose() => _deadline?.Dispose();
}

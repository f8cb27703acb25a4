namespace FlexiAI.Contrast;

/// <summary>FlexiAI's breaker, used by hand.</summary>
internal sealed class FlexiSubject : Subject
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(20);

    private readonly CircuitBreaker _breaker;
    private readonly Settings _settings;

    public FlexiSubject(Settings settings)
    {
        _settings = settings;
        _breaker = new CircuitBreaker("primary", new() { FailureThreshold = Failures, RecoveryTimeout = Break }, Clock);
        if (settings.OnChange is { } tell)
        {
            _breaker.Changed += (_, transition) => tell(Name(transition.To)).GetAwaiter().GetResult();
        }
    }

    public override TimeSpan Patience => TimeSpan.FromSeconds(30);

    public override string State => Name(_breaker.GetStatus().State);

    public override async Task<string> CallAsync(Func<CancellationToken, Task<string>> call, CancellationToken caller = default)
    {
        if (!_breaker.TryEnter(ProbeTimeout, out var permit, out _))
        {
            throw new RefusedException();
        }

        try
        {
            var answer = await call(caller);
            permit.Success();
            return answer;
        }
        catch (Exception e)
        {
            // A predicate that throws leaves the permit unsettled, as careless code would.
            if (e is not OperationCanceledException && _settings.Counts?.Invoke(e) != false)
            {
                permit.Failure(retryAfter: (e as RetryAfterException)?.RetryAfter);
            }
            else
            {
                permit.Neutral();
            }

            throw;
        }
    }

    public override Task ResetAsync()
    {
        _breaker.Reset();
        return Task.CompletedTask;
    }

    private static string Name(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half-open",
        _ => "isolated",
    };
}

using System.Reflection;
using Polly;
using Polly.CircuitBreaker;

namespace FlexiAI.Contrast;

/// <summary>Polly's breaker, set to open at the second failure in a row of failures, for as long as ours.</summary>
internal sealed class PollySubject : Subject
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;

    public PollySubject(Settings settings)
    {
        var options = new CircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = Failures,
            BreakDuration = Break,
            StateProvider = _state,
            ManualControl = _control,
        };
        if (settings.Counts is { } counts)
        {
            options.ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException && counts(e));
        }

        if (settings.OnChange is { } tell)
        {
            options.OnOpened = _ => new ValueTask(tell("open"));
            options.OnClosed = _ => new ValueTask(tell("closed"));
            options.OnHalfOpened = _ => new ValueTask(tell("half-open"));
        }

        _pipeline = new ResiliencePipelineBuilder { TimeProvider = Clock }.AddCircuitBreaker(options).Build();
    }

    public static string Version =>
        typeof(ResiliencePipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Short: what has not happened by then waits for something that never happens.</summary>
    public override TimeSpan Patience => TimeSpan.FromSeconds(1);

    public override string State => _state.CircuitState switch
    {
        Polly.CircuitBreaker.CircuitState.Closed => "closed",
        Polly.CircuitBreaker.CircuitState.Open => "open",
        Polly.CircuitBreaker.CircuitState.HalfOpen => "half-open",
        _ => "isolated",
    };

    public override async Task<string> CallAsync(Func<CancellationToken, Task<string>> call, CancellationToken caller = default)
    {
        try
        {
            return await _pipeline.ExecuteAsync(token => new ValueTask<string>(call(token)), caller);
        }
        catch (BrokenCircuitException)
        {
            throw new RefusedException();
        }
    }

    public override Task ResetAsync() => _control.CloseAsync();
}

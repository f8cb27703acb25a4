using Polly;
using Polly.CircuitBreaker;

namespace FlexiAI.Benchmarks;

/// <summary>A call that does nothing through a closed circuit: what entering and settling cost.</summary>
public class CircuitClosed
{
    private const int Calls = 200_000;

    private readonly CircuitBreaker _circuit = new("bench");
    private readonly ResiliencePipeline _polly = new ResiliencePipelineBuilder().AddCircuitBreaker(new CircuitBreakerStrategyOptions()).Build();
    private Crew _ours = null!;
    private Crew _theirs = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup(Target = nameof(FlexiAI))]
    public void SetUpOurs() => _ours = new Crew(Threads, EnterAndSettle);

    [GlobalSetup(Target = nameof(Polly))]
    public void SetUpTheirs() => _theirs = new Crew(Threads, Execute);

    [GlobalCleanup]
    public void CleanUp()
    {
        _ours?.Dispose();
        _theirs?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void FlexiAI() => _ours.Run();

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Polly() => _theirs.Run();

    private void EnterAndSettle()
    {
        for (var i = 0; i < Calls; i++)
        {
            if (_circuit.TryEnter(out var permit))
            {
                permit.Success();
            }
        }
    }

    private void Execute()
    {
        for (var i = 0; i < Calls; i++)
        {
            var context = ResilienceContextPool.Shared.Get();
            _ = _polly.ExecuteOutcomeAsync(static (_, _) => new ValueTask<Outcome<int>>(Outcome.FromResult(1)), context, 0).GetAwaiter().GetResult();
            ResilienceContextPool.Shared.Return(context);
        }
    }
}

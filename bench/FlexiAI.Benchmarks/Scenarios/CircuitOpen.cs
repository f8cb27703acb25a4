using Polly;

namespace FlexiAI.Benchmarks;

/// <summary>A call that an open circuit refuses by a value.</summary>
public class CircuitOpen
{
    private const int Calls = 100_000;

    private readonly CircuitBreaker _circuit = Circuits.Open();
    private readonly ResiliencePipeline<int> _polly = PollyPipelines.Open(new ResiliencePipelineBuilder<int>());
    private Crew _ours = null!;
    private Crew _theirs = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup(Target = nameof(FlexiAI))]
    public void SetUpOurs() => _ours = new Crew(Threads, BeRefused);

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

    private void BeRefused()
    {
        for (var i = 0; i < Calls; i++)
        {
            if (_circuit.TryEnter(out _))
            {
                throw new InvalidOperationException("The circuit is not open.");
            }
        }
    }

    private void Execute()
    {
        for (var i = 0; i < Calls; i++)
        {
            var context = ResilienceContextPool.Shared.Get();
            var outcome = _polly.ExecuteOutcomeAsync(static (_, _) => new ValueTask<Outcome<int>>(Outcome.FromResult(1)), context, 0).GetAwaiter().GetResult();
            ResilienceContextPool.Shared.Return(context);
            if (outcome.Exception is null)
            {
                throw new InvalidOperationException("The circuit is not open.");
            }
        }
    }
}

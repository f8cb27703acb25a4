using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Fallback;

namespace FlexiAI.Benchmarks;

/// <summary>Pipelines of Polly in the state that a scenario needs.</summary>
internal static class PollyPipelines
{
    /// <summary>Adds a circuit breaker and makes it open, for a day, by failures.</summary>
    public static ResiliencePipeline<T> Open<T>(ResiliencePipelineBuilder<T> builder)
    {
        var pipeline = builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<T>
            {
                MinimumThroughput = 2,
                BreakDuration = TimeSpan.FromHours(24),
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is not null),
            })
            .Build();
        for (var i = 0; i < 2; i++)
        {
            var context = ResilienceContextPool.Shared.Get();
            _ = pipeline.ExecuteOutcomeAsync(static (_, _) => Outcome.FromExceptionAsValueTask<T>(new IOException("down")), context, 0).GetAwaiter().GetResult();
            ResilienceContextPool.Shared.Return(context);
        }

        return pipeline;
    }

    /// <summary>A backup that answers in place of a primary whose circuit is open.</summary>
    public static ResiliencePipeline<ChatResponse> OpenPrimary(IChatClient backup, ChatMessage[] messages) =>
        Open(new ResiliencePipelineBuilder<ChatResponse>().AddFallback(new FallbackStrategyOptions<ChatResponse>
        {
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is not null),
            FallbackAction = async arguments =>
                Outcome.FromResult(await backup.GetResponseAsync(messages, cancellationToken: arguments.Context.CancellationToken)),
        }));
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlexiAI;

/// <summary>
/// Healthy while every circuit is closed, degraded while some are not or the processes that share them are not reached, unhealthy when no
/// provider admits a call. It asks no provider:
/// a health check that cost tokens would be a fault of its own.
/// </summary>
/// <param name="client">The client.</param>
public sealed class FlexiHealthCheck(FlexiClient client) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = client.GetProviderStatus();
        var data = status.ToDictionary(provider => provider.Name, provider => (object)provider.CircuitBreaker.State.ToString());
        var troubled = status.Where(provider => !provider.Healthy).Select(provider => $"{provider.Name} is {Word(provider.CircuitBreaker)}").ToList();
        if (status.Any(provider => provider.Sharing is { Connected: false }))
        {
            troubled.Add("the circuits go by themselves, the processes that share them not being reached");
        }

        return Task.FromResult(
            troubled.Count == 0 ? HealthCheckResult.Healthy("Every circuit is closed.", data)
            : client.AnyProviderAdmits ? HealthCheckResult.Degraded($"{string.Join(", ", troubled)}.", data: data)
            : HealthCheckResult.Unhealthy($"No provider admits a call: {string.Join(", ", troubled)}.", data: data));
    }

    private static string Word(CircuitStatus circuit) => circuit.State switch
    {
        CircuitState.Closed => "throttled",
        CircuitState.HalfOpen => "half-open",
        CircuitState.Isolated => "isolated",
        _ => "open",
    };
}

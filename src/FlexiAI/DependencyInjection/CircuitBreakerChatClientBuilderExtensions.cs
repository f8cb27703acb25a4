using System.Diagnostics.Metrics;
using FlexiAI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Puts a circuit breaker around a single client.</summary>
public static class CircuitBreakerChatClientBuilderExtensions
{
    /// <summary>
    /// Puts a circuit breaker around the inner client: a <see cref="FlexiClient"/> with that client as its one provider and without retries.
    /// While the circuit is open calls fail at once with an <see cref="AllProvidersFailedException"/> that says when to come back.
    /// </summary>
    /// <param name="builder">The builder of the chat client.</param>
    /// <param name="options">How the circuit opens and recovers. Default: the defaults of <see cref="CircuitBreakerOptions"/>.</param>
    /// <param name="configure">Sets the entry's name (default <c>client</c>), time limits and other settings.</param>
    /// <returns>The builder.</returns>
    public static ChatClientBuilder UseCircuitBreaker(
        this ChatClientBuilder builder, CircuitBreakerOptions? options = null, Action<ChatClientProvider>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var entry = new ChatClientProvider("client", inner) { MaxRetries = 0 };
            configure?.Invoke(entry);
            return new FlexiClient(
                new FlexiOptions { Providers = [entry], CircuitBreaker = options ?? new CircuitBreakerOptions() },
                services.GetService<ILoggerFactory>(),
                services.GetService<TimeProvider>(),
                services.GetService<IMeterFactory>());
        });
    }
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Samples;

/// <summary>Its half minutes pass on a clock of its own.</summary>
internal static class MonitorHealth
{
    public static async Task RunAsync(Simulation simulation)
    {
        var time = new WatchedTime(TimeSpan.FromSeconds(30));
        var log = new ConsoleLines();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddLogging(logging => logging.AddProvider(log).AddFilter((category, _) => category?.EndsWith(nameof(HealthMonitor), StringComparison.Ordinal) == true));
        services.AddFlexiAI(options => options.Providers =
        [
            new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
            new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
        ]);
        services.PostConfigure<FlexiOptions>(options =>
        {
            options.CircuitBreaker.FailureThreshold = 3;
            simulation.Redirect(options);
        });

        // snippet: health-monitor-registration
        services.AddHostedService<HealthMonitor>();
        // end snippet
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<FlexiClient>();
        var monitor = provider.GetRequiredService<IHostedService>();
        await monitor.StartAsync(CancellationToken.None);

        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        await Requests.SendAsync(client, 3);
        await time.WaitBegan;
        time.Advance(TimeSpan.FromSeconds(30));
        await log.WaitForLineAsync();
        await monitor.StopAsync(CancellationToken.None);
    }

    // snippet: health-monitor
    /// <summary>Looks at the circuits every 30 seconds. Reading a status asks no provider and changes nothing.</summary>
    private sealed class HealthMonitor(FlexiClient client, TimeProvider time, ILogger<HealthMonitor> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var provider in client.GetProviderStatus())
                {
                    var circuit = provider.CircuitBreaker;
                    if (circuit.State == CircuitState.Open)
                    {
                        logger.LogWarning("Circuit OPEN for {Provider}! Failures: {Failures}", provider.Name, circuit.FailureCount);
                    }
                    else if (circuit.State == CircuitState.HalfOpen)
                    {
                        logger.LogInformation("Testing recovery for {Provider}", provider.Name);
                    }
                }
            }
        }
    }
    // end snippet
}

using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlexiAI.Samples;

internal static class HealthChecks
{
    public static async Task RunAsync(Simulation simulation)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddFlexiAI(options => options.Providers =
        [
            new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
            new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
        ]);
        services.PostConfigure<FlexiOptions>(options =>
        {
            options.CircuitBreaker.FailureThreshold = 1;
            simulation.Redirect(options);
        });

        // snippet: health-check
        services.AddHealthChecks().AddCheck<FlexiHealthCheck>("genai");
        // end snippet
        await using var provider = services.BuildServiceProvider();
        var checks = provider.GetRequiredService<HealthCheckService>();
        var client = provider.GetRequiredService<FlexiClient>();
        await PrintAsync(checks);

        simulation.OpenAI.Faults.Always(Fault.InvalidApiKey());
        await Requests.SendAsync(client, 1);
        await PrintAsync(checks);

        client.IsolateProvider("anthropic");
        await PrintAsync(checks);
    }

    private static async Task PrintAsync(HealthCheckService checks)
    {
        var entry = (await checks.CheckHealthAsync()).Entries["genai"];
        Console.WriteLine($"{entry.Status}: {entry.Description}");
    }
}

using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Samples;

internal static class ManyProcesses
{
    public static async Task RunAsync(Simulation simulation)
    {
        var redisAddress = Environment.GetEnvironmentVariable("REDIS_ADDRESS") ?? "localhost:6379";
        var services = new ServiceCollection();
        // snippet: share-circuits-services
        services
            .AddFlexiAI(options => options.Providers =
            [
                new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
                new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
            ])
            .ShareCircuitsThroughRedis(redisAddress, redis => redis.Scope = "shop");
        // end snippet
        services.PostConfigure<FlexiOptions>(simulation.Redirect);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<FlexiClient>();
        Console.WriteLine($"Answered by {(await client.GetResponseAsync("Hello")).Provider}");
        PrintSharing(client);
        await WithoutServicesAsync(simulation, redisAddress);
    }

    private static async Task WithoutServicesAsync(Simulation simulation, string redisAddress)
    {
        // snippet: share-circuits-options
        var options = new FlexiOptions { Providers = [new OpenAIProvider { Model = "gpt-4o-mini" }] };
        options.ShareCircuits(redis =>
        {
            redis.ConnectionString = redisAddress;
            redis.Scope = "shop";
            redis.Quorum = 2;
        });
        // end snippet
        simulation.Redirect(options);
        await using var client = new FlexiClient(options);
        Console.WriteLine($"Answered by {(await client.GetResponseAsync("Hello")).Provider}");
    }

    private static void PrintSharing(FlexiClient client)
    {
        // snippet: sharing-status
        foreach (var provider in client.GetProviderStatus())
        {
            Console.WriteLine(provider.Sharing is { Connected: true } sharing
                ? $"{provider.Name}: shared, {provider.CircuitBreaker.State}, last changed by {sharing.ChangedBy ?? "nobody"} ({sharing.Cause ?? "no cause"})"
                : $"{provider.Name}: by itself, {provider.CircuitBreaker.State}");
        }
        // end snippet
    }
}

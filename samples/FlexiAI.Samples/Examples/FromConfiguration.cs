using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Samples;

internal static class FromConfiguration
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: configuration
        var configuration = new ConfigurationBuilder()
            .AddJsonFile("appsettings.json")
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddFlexiAI(configuration.GetSection("FlexiAI"), flexi => flexi.AddOpenAI().AddAnthropic().AddGoogle());
        // end snippet
        services.PostConfigure<FlexiOptions>(simulation.Redirect);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<FlexiClient>();

        foreach (var entry in client.GetProviderStatus())
        {
            Console.WriteLine($"{entry.Priority}. {entry.Name} ({entry.Type}): {entry.Model}");
        }

        Console.WriteLine($"Answered by {(await client.GetResponseAsync("Hello")).Provider}");
    }
}

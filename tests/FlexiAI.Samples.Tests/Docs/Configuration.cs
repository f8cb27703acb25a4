using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlexiAI.Samples;

/// <summary>Reads options from configuration as an application does.</summary>
internal static class Configuration
{
    /// <summary>The options that the section <c>FlexiAI</c> of a JSON text makes, checked as at an application's start.</summary>
    public static FlexiOptions FromJson(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return From(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("FlexiAI"));
    }

    /// <summary>The options that these keys make.</summary>
    public static FlexiOptions FromKeys(IEnumerable<KeyValuePair<string, string?>> keys) =>
        From(new ConfigurationBuilder().AddInMemoryCollection(keys).Build());

    private static FlexiOptions From(IConfiguration section)
    {
        var services = new ServiceCollection();
        services.AddFlexiAI(section, flexi => flexi.AddOpenAI().AddAnthropic().AddGoogle());
        services.PostConfigure<FlexiOptions>(options =>
        {
            foreach (var entry in options.Providers)
            {
                entry.ApiKey ??= "test-key";
            }
        });
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<FlexiOptions>>().CurrentValue;
    }
}

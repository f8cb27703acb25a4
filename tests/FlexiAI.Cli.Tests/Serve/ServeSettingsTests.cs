using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class ServeSettingsTests
{
    [Fact]
    public void Copy_leaves_no_property_out()
    {
        var (from, to, untouched) = (new GatewayOptions(), new GatewayOptions(), new GatewayOptions());
        foreach (var property in typeof(GatewayOptions).GetProperties())
        {
            property.SetValue(from, property.GetValue(from) switch
            {
                IList<string> => new List<string> { "a key" },
                IDictionary<string, IList<string>> => new Dictionary<string, IList<string>>(StringComparer.Ordinal) { ["alias"] = ["entry"] },
                long number => number + 1,
                int number => number + 1,
                double number => number + 1,
                TimeSpan time => time + TimeSpan.FromSeconds(1),
                var other => throw new InvalidOperationException($"{property.Name} is {other}: how is another one made?"),
            });
        }

        ServeApplication.Copy(from, to);

        Assert.All(typeof(GatewayOptions).GetProperties(), property =>
        {
            Assert.Equal(property.GetValue(from), property.GetValue(to));
            Assert.NotEqual(property.GetValue(untouched), property.GetValue(to));
        });
    }

    [Fact]
    public void What_deploy_has_is_accepted_as_it_stands()
    {
        var path = Path.Combine(RepositoryRoot.Path, "deploy", "flexiai.json");
        var (options, section) = ConfigurationFile.Read(path, File.ReadAllBytes(path));
        var settings = ServeSettings.Read(path, WithoutKeys(options), section, name => name switch
        {
            "OPENAI_API_KEY" or "ANTHROPIC_API_KEY" => "sk-from-the-environment",
            "FLEXIAI_CLIENT_KEYS" => "first-client-0123456789, second-client-0123456789",
            "FLEXIAI_ADMIN_KEY" => "the-admin-0123456789",
            _ => null,
        });

        Assert.Equal(["openai", "claude"], settings.Client.Providers.Select(entry => entry.Name));
        Assert.Equal(["openai", "claude"], settings.Gateway.Models["fast"]);
        Assert.Equal(["first-client-0123456789", "second-client-0123456789"], settings.Gateway.ClientKeys);
        Assert.Equal(["the-admin-0123456789"], settings.Gateway.AdminKeys);
        Assert.Equal("json", settings.Telemetry["LogFormat"]);
        Assert.Contains("Redis:ConnectionString=redis:6379", settings.ForGood, StringComparison.Ordinal);
        var compose = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy", "compose.yaml"));
        Assert.Contains("    FLEXIAI_CLIENT_KEYS: ", compose, StringComparison.Ordinal);
        Assert.Contains("    FLEXIAI_ADMIN_KEY: ", compose, StringComparison.Ordinal);
    }

    private static FlexiOptions WithoutKeys(FlexiOptions options)
    {
        Assert.All(options.Providers, entry => Assert.Null(entry.ApiKey));
        return options;
    }
}

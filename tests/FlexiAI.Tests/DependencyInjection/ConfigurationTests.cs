using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

/// <summary>A client from a configuration section.</summary>
public sealed class ConfigurationTests
{
    private const string Provider = """{ "Type": "test", "Model": "m", "ApiKey": "k" }""";

    [Fact]
    public void Every_option_is_read()
    {
        var options = Read("""
            {
              "Providers": [
                { "Type": "test", "Name": "one", "Model": "m1", "Priority": 2, "ApiKey": "k1", "BaseUrl": "http://localhost", "Timeout": "00:00:30",
                  "ConnectTimeout": "00:00:03", "FirstTokenTimeout": "00:00:04", "IdleTimeout": "00:00:05", "MaxRetries": 1, "AcceptsPrefill": true, "Region": "eu" },
                { "Type": "TEST", "Model": "m2", "ApiKey": "k2" }
              ],
              "CircuitBreaker": {
                "FailureThreshold": 3, "RecoveryTimeout": "00:01:30", "HalfOpenMaxCalls": 2, "RecoveryBackoffFactor": 2, "MaxRecoveryTimeout": "00:05:00",
                "RecoveryJitter": 0.1, "MaxRetryAfter": "00:02:00", "CountedFailures": ["Timeout", "servererror"]
              },
              "FailoverMode": "WhenOpen", "FailOverOnCallerFaults": true, "RequestTimeout": "00:02:00", "MaxAttempts": 7, "RetryDelay": "00:00:00.1",
              "MaxRetryAfterWait": "00:00:01", "DefaultTemperature": 0.7, "DefaultMaxOutputTokens": 1000,
              "StreamRecovery": "continue", "MaxStreamRecoveries": 3, "HedgeAfter": "00:00:05", "HedgeBudget": 0.2
            }
            """);

        var (one, two) = (Assert.IsType<TestProvider>(options.Providers[0]), options.Providers[1]);
        Assert.Equal(("one", "m1", 2, "k1", "http://localhost", 1, true, "eu"), (one.Name, one.Model, one.Priority, one.ApiKey, one.BaseUrl, one.MaxRetries, one.AcceptsPrefill, one.Region));
        Assert.Equal([30, 3, 4, 5], new[] { one.Timeout, one.ConnectTimeout, one.FirstTokenTimeout!.Value, one.IdleTimeout }.Select(time => time.TotalSeconds));
        Assert.Equal((null, "m2"), (two.Name, two.Model));
        var circuit = options.CircuitBreaker;
        Assert.Equal((3, 90, 2, 2, 0.1), (circuit.FailureThreshold, circuit.RecoveryTimeout.TotalSeconds, circuit.HalfOpenMaxCalls, circuit.RecoveryBackoffFactor, circuit.RecoveryJitter));
        Assert.Equal((5, 2), (circuit.MaxRecoveryTimeout.TotalMinutes, circuit.MaxRetryAfter.TotalMinutes));
        Assert.Equal([FailureKind.ServerError, FailureKind.Timeout], circuit.CountedFailures.Order());
        Assert.Equal((FailoverMode.WhenOpen, true, 120, 7), (options.FailoverMode, options.FailOverOnCallerFaults, options.RequestTimeout!.Value.TotalSeconds, options.MaxAttempts));
        Assert.Equal((100, 1, 0.7f, 1000), (options.RetryDelay.TotalMilliseconds, options.MaxRetryAfterWait.TotalSeconds, options.DefaultTemperature, options.DefaultMaxOutputTokens));
        Assert.Equal((StreamRecovery.Continue, 3, 5, 0.2), (options.StreamRecovery, options.MaxStreamRecoveries, options.HedgeAfter!.Value.TotalSeconds, options.HedgeBudget));
    }

    [Fact]
    public void What_is_not_configured_keeps_its_default()
    {
        var options = Read($$"""{ "Providers": [{{Provider}}] }""");

        Assert.Equal((5, 9, 10), (options.CircuitBreaker.FailureThreshold, options.CircuitBreaker.CountedFailures.Count, options.MaxAttempts));
    }

    [Fact]
    public void An_empty_list_of_counted_failures_counts_none() =>
        Assert.Empty(Read($$"""{ "Providers": [{{Provider}}], "CircuitBreaker": { "CountedFailures": [] } }""").CircuitBreaker.CountedFailures);

    [Theory]
    [InlineData("""{ "Providers": [{ "Type": "tset" }] }""", "FlexiAI:Providers:0:Type is \"tset\"; allowed: other, test.")]
    [InlineData("""{ "Providers": [{ "Model": "m" }] }""", "FlexiAI:Providers:0:Type is missing; allowed: other, test.")]
    [InlineData("""{ "Providers": [{ "Type": "test", "Modle": "m" }] }""", "Modle")]
    [InlineData("""{ "MaxAttemps": 3 }""", "'MaxAttemps'")]
    [InlineData("""{ "CircuitBreaker": { "FailureTreshold": 3 } }""", "FailureTreshold")]
    [InlineData("""{ "MaxAttempts": "ten" }""", "FlexiAI:MaxAttempts")]
    [InlineData("""{ "FailoverMode": "Sometimes" }""", "FlexiAI:FailoverMode")]
    [InlineData("""{ "CircuitBreaker": { "RecoveryTimeout": "a minute" } }""", "FlexiAI:CircuitBreaker:RecoveryTimeout")]
    [InlineData("""{ "CircuitBreaker": { "CountedFailures": ["Timeout", "Tmeout"] } }""", "FlexiAI:CircuitBreaker:CountedFailures:1")]
    [InlineData("""{ "Providers": [{ "Type": "test", "Priority": "first" }] }""", "FlexiAI:Providers:0:Priority")]
    public void What_is_not_understood_is_named(string json, string named)
    {
        var failure = Assert.ThrowsAny<InvalidOperationException>(() => Read(json));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains("FlexiAI", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_property_is_named_with_the_entry_it_stands_in()
    {
        var failure = Assert.ThrowsAny<InvalidOperationException>(() => Read($$"""{ "Providers": [{{Provider}}, { "Type": "test", "Modle": "m" }] }"""));

        Assert.StartsWith("FlexiAI:Providers:1: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("'Modle'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_has_the_last_word()
    {
        var services = new ServiceCollection();
        services.AddFlexiAI(
            Section($$"""{ "Providers": [{{Provider}}], "MaxAttempts": 7 }"""), AddTest, options => options.MaxAttempts++);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(8, provider.GetRequiredService<IOptionsMonitor<FlexiOptions>>().CurrentValue.MaxAttempts);
        Assert.Equal("test", provider.GetRequiredService<FlexiClient>().GetProviderStatus()[0].Name);
    }

    [Fact]
    public void A_keyed_client_reads_its_own_section()
    {
        var services = new ServiceCollection();
        services.AddKeyedFlexiAI("key", Section($$"""{ "Providers": [{{Provider}}] }"""), AddTest);
        using var provider = services.BuildServiceProvider();

        Assert.Equal("m", provider.GetRequiredKeyedService<FlexiClient>("key").GetProviderStatus()[0].Model);
        Assert.Throws<ArgumentNullException>("serviceKey", () => services.AddKeyedFlexiAI(null!, Section("{}"), AddTest));
        Assert.Throws<ArgumentNullException>("types", () => services.AddFlexiAI(Section("{}"), (Action<FlexiAIBuilder>)null!, null));
    }

    [Fact]
    public void A_provider_type_needs_a_name_and_a_maker()
    {
        var builder = new FlexiAIBuilder();

        Assert.Throws<ArgumentException>(() => builder.AddProviderType(" ", _ => new TestProvider()));
        Assert.Throws<ArgumentNullException>(() => builder.AddProviderType("x", null!));
        Assert.Equal(["x"], builder.AddProviderType("x", _ => new TestProvider()).ProviderTypes);
    }

    private static FlexiOptions Read(string json)
    {
        var builder = new FlexiAIBuilder();
        AddTest(builder);
        var options = new FlexiOptions();
        FlexiConfiguration.Read(Section(json), builder, options);
        return options;
    }

    private static void AddTest(FlexiAIBuilder builder) => builder.AddProviderType("other", _ => new TestProvider()).AddProviderType("test", section =>
    {
        var entry = new TestProvider();
        section.Bind(entry, binder => binder.ErrorOnUnknownConfiguration = true);
        return entry;
    });

    private static IConfigurationSection Section(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "FlexiAI": {{json}} }"""))).Build().GetSection("FlexiAI");
}

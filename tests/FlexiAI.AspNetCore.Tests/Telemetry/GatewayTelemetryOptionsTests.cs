using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace FlexiAI.Tests;

public sealed class GatewayTelemetryOptionsTests
{
    [Theory]
    [InlineData("ServiceName", " ", "ServiceName is \" \"; allowed: a name.")]
    [InlineData("OtlpEndpoint", "ftp://collector", "OtlpEndpoint is \"ftp://collector\"; allowed: an absolute http or https address without credentials, or none.")]
    [InlineData("OtlpEndpoint", "http://user:very-secret@collector", "OtlpEndpoint is \"***\"; allowed: an absolute http or https address without credentials, or none.")]
    [InlineData("OtlpProtocol", "udp", "OtlpProtocol is \"udp\"; allowed: grpc, http/protobuf.")]
    [InlineData("LogFormat", "xml", "LogFormat is \"xml\"; allowed: text, json, or none.")]
    public void A_value_out_of_its_range_is_named_with_what_is_allowed(string key, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddFlexiGatewayTelemetry(Section((key, value)))).Message);

    [Theory]
    [InlineData("Metrics", "perhaps", "Telemetry:Metrics is \"perhaps\"; allowed: true, false.")]
    [InlineData("Metric", "true", "Telemetry:Metric is unknown; allowed: ServiceName, Metrics, OtlpEndpoint, OtlpProtocol, LogFormat.")]
    public void A_key_or_form_that_is_not_understood_is_named_with_its_path(string key, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddFlexiGatewayTelemetry(Section((key, value)))).Message);

    [Fact]
    public void Every_option_is_read_from_the_configuration_in_whatever_case()
    {
        using var services = new ServiceCollection().AddFlexiGatewayTelemetry(Section(
            ("servicename", "mine"), ("METRICS", "false"), ("OtlpEndpoint", "http://127.0.0.1:1"), ("OtlpProtocol", "http/protobuf"), ("LogFormat", "json"))).BuildServiceProvider();

        var options = services.GetRequiredService<GatewayTelemetryOptions>();

        Assert.Equal(
            ("mine", false, "http://127.0.0.1:1", "http/protobuf", "json"),
            (options.ServiceName, options.Metrics, options.OtlpEndpoint, options.OtlpProtocol, options.LogFormat));
    }

    [Theory]
    [InlineData("json", "json")]
    [InlineData("text", "simple")]
    public void Logs_are_written_in_the_format_that_is_asked_for(string format, string formatter)
    {
        using var services = new ServiceCollection().AddFlexiGatewayTelemetry(options => options.LogFormat = format).BuildServiceProvider();

        Assert.Equal(formatter, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        Assert.True(services.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value.SingleLine == (format == "text"));
    }

    [Fact]
    public void Logs_are_left_alone_unless_a_format_is_asked_for()
    {
        using var services = new ServiceCollection().AddFlexiGatewayTelemetry().BuildServiceProvider();

        Assert.Null(services.GetService<IOptions<ConsoleLoggerOptions>>()?.Value.FormatterName);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:1", true)]
    public void Spans_are_collected_only_where_a_collector_is_named(string endpoint, bool collected)
    {
        var services = new ServiceCollection().AddFlexiGatewayTelemetry(Section(("OtlpEndpoint", endpoint)));

        Assert.Equal(collected, services.Any(service => service.ServiceType == typeof(TracerProvider)));
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Telemetry:{setting.Key}", setting.Value)))
        .Build()
        .GetSection("Telemetry");
}

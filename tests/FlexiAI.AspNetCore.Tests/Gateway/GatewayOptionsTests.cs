using FlexiAI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Problems(new()));

    [Theory]
    [InlineData("short")]
    [InlineData("a key with blanks in it")]
    [InlineData("schlüssel-0123456789")]
    [InlineData("sha256:abcdef0123456789")]
    [InlineData("sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_malformed_key_is_named_by_its_place_and_not_shown(string key)
    {
        var problem = Assert.Single(Problems(new() { ClientKeys = ["well-formed-0123456789", key] }));
        Assert.StartsWith("ClientKeys[1] ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ClientKeys")]
    [InlineData("AdminKeys")]
    [InlineData("Models")]
    public void A_value_in_the_place_of_a_list_is_refused_and_not_shown(string name)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Gateway:{name}", "well-formed-0123456789")]).Build();
        using var services = new ServiceCollection().AddFlexiGateway(configuration.GetSection("Gateway")).BuildServiceProvider();

        var refusal = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IOptions<GatewayOptions>>().Value);

        Assert.StartsWith($"Gateway:{name} is a single value", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("well-formed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clients_key_may_not_be_an_admins_too()
    {
        var problem = Assert.Single(Problems(new() { ClientKeys = ["well-formed-0123456789"], AdminKeys = ["well-formed-0123456789"] }));
        Assert.StartsWith("AdminKeys[0] is a client's key too", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_value_out_of_its_range_is_named()
    {
        var problems = Problems(new()
        {
            MaxRequestBodySize = 0,
            MaxConcurrentRequests = 0,
            RequestTimeout = TimeSpan.Zero,
            RequestHeadersTimeout = TimeSpan.Zero,
            RequestBodyTimeout = TimeSpan.FromDays(1),
            MinRequestBodyDataRate = double.NaN,
            MaxRequestHeadersTotalSize = 1,
            MaxRequestHeaderCount = 1_001,
            DrainTimeout = TimeSpan.FromSeconds(-1),
        });
        Assert.Equal(9, problems.Count);
        Assert.All(problems, problem => Assert.Contains("; allowed: ", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Aliases_are_checked_against_the_providers_that_there_are()
    {
        var options = new GatewayOptions
        {
            Models = new Dictionary<string, IList<string>>
            {
                ["good"] = ["openai", "CLAUDE"],
                ["auto"] = ["openai"],
                ["empty"] = [],
                ["unknown"] = ["openai", "mistral"],
                ["twice"] = ["openai", "OpenAI"],
                ["GOOD"] = ["openai"],
            },
        };
        var problems = GatewayOptionsValidation.ValidateAliases(options, ["openai", "claude"]).ToList();
        Assert.Equal(5, problems.Count);
        Assert.Contains("Models[unknown] is \"mistral\"; allowed: names of providers: openai, claude.", problems);
        Assert.DoesNotContain(problems, problem => problem.Contains("good", StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_is_read_whole()
    {
        var options = Read(new()
        {
            ["Gateway:ClientKeys:0"] = GatewayUnderTest.ClientKey,
            ["Gateway:Models:gpt-4o-mini:0"] = "openai",
            ["Gateway:Models:gpt-4o-mini:1"] = "claude",
            ["Gateway:DrainTimeout"] = "00:00:05",
        });
        Assert.Equal([GatewayUnderTest.ClientKey], options.ClientKeys);
        Assert.Equal(["openai", "claude"], options.Models["gpt-4o-mini"]);
        Assert.Equal(TimeSpan.FromSeconds(5), options.DrainTimeout);
    }

    [Fact]
    public void A_key_that_the_section_does_not_know_is_an_error() =>
        Assert.Contains("ClientKey", Assert.Throws<InvalidOperationException>(() => Read(new() { ["Gateway:ClientKey"] = "x" })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Options_are_checked_at_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync(options => options.MaxConcurrentRequests = 0));

    private static GatewayOptions Read(Dictionary<string, string?> values)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Gateway");
        using var services = new ServiceCollection().AddFlexiGateway(section).BuildServiceProvider();
        return services.GetRequiredService<IOptions<GatewayOptions>>().Value;
    }

    private static List<string> Problems(GatewayOptions options) => [.. new GatewayOptionsValidation().Validate(null, options).Failures ?? []];
}

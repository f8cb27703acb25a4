using System.Collections;
using System.Globalization;
using System.Reflection;

namespace FlexiAI.Samples;

public sealed class ConfigurationPageTests
{
    private static readonly ProviderOptions Plain = new OpenAICompatibleProvider();

    private static readonly object[] Documented =
    [
        new FlexiOptions(), new CircuitBreakerOptions(),
        new OpenAIProvider(), new AzureOpenAIProvider(), new OpenAICompatibleProvider(), new AnthropicProvider(), new VertexAIProvider(),
        new GeminiProvider(), new ChatClientProvider("mine", new FlexiClient(new FlexiOptions { Providers = [new OpenAIProvider { ApiKey = "k", Model = "m" }] })),
    ];

    public static TheoryData<string> Types() => [.. Documented.Select(options => options.GetType().Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_page_lists_every_option_of_a_type_with_its_true_default(string type)
    {
        var options = Documented.Single(each => each.GetType().Name == type);

        AssertRows(OptionTable.Of(type), OwnOptions(options), options);
    }

    [Fact]
    public void The_page_lists_every_option_that_all_entries_share_with_its_true_default() =>
        AssertRows(OptionTable.Of(nameof(ProviderOptions)), Settable(typeof(ProviderOptions)), Plain);

    [Fact]
    public void The_page_has_every_type_of_the_packages() =>
        Assert.Empty(
            new[] { typeof(FlexiOptions), typeof(OpenAIProvider), typeof(AnthropicProvider), typeof(VertexAIProvider) }
                .SelectMany(type => type.Assembly.GetExportedTypes())
                .Where(type => typeof(ProviderOptions).IsAssignableFrom(type) && !type.IsAbstract)
                .Except(Documented.Select(options => options.GetType())));

    [Fact]
    public void The_page_on_many_processes_lists_every_option_of_sharing_with_its_true_default()
    {
        // Made anew for each process, so that no page can know it.
        var options = new RedisSharingOptions { Process = "made up" };

        AssertRows(OptionTable.Of(nameof(RedisSharingOptions), "docs/many-processes.md"), Settable(typeof(RedisSharingOptions)), options);
    }

    private static void AssertRows(IReadOnlyList<OptionRow> rows, IEnumerable<PropertyInfo> properties, object options)
    {
        var wanted = properties.ToDictionary(property => property.Name, property => Show(property.GetValue(options)));

        Assert.Equal(wanted.Keys.Order(), rows.Select(row => row.Property).Order());
        Assert.All(rows, row => Assert.True(Says(row.Default, wanted[row.Property]), $"{row.Property}: the default is {wanted[row.Property]}, the page says {row.Default}"));
    }

    /// <summary>What a type adds to the options that all entries share, and those of them that it begins with another value.</summary>
    private static IEnumerable<PropertyInfo> OwnOptions(object options) => Settable(options.GetType())
        .Where(property => property.DeclaringType != typeof(ProviderOptions)
            || (options is not ChatClientProvider && Show(property.GetValue(options)) != Show(property.GetValue(Plain))));

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    // A cell may add a word on what the default means: "none: the vendor's own".
    private static bool Says(string cell, string value) => cell == value || cell.StartsWith($"{value}:", StringComparison.Ordinal);

    private static string Show(object? value) => value switch
    {
        null => "none",
        string { Length: 0 } => "empty",
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string text => text,
        CircuitBreakerOptions => "the defaults below",
        IEnumerable<FailureKind> kinds => string.Join(", ", kinds),
        IEnumerable list => list.Cast<object>().Any() ? "not empty" : "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

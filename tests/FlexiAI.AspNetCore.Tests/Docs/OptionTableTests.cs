using System.Collections;
using System.Globalization;

namespace FlexiAI.Tests;

/// <summary>The page lists every option with its true default, and by the key that sets it.</summary>
public sealed class OptionTableTests
{
    private static readonly object[] Documented = [new GatewayOptions(), new GatewayTelemetryOptions()];

    public static TheoryData<string> Types() => [.. Documented.Select(options => options.GetType().Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_page_lists_every_option_of_a_type_with_its_true_default(string type)
    {
        var options = Documented.Single(each => each.GetType().Name == type);
        var defaults = options.GetType().GetProperties().ToDictionary(property => property.Name, property => Show(property.GetValue(options)));
        var rows = ReferencePage.Rows(type);

        Assert.Equal(defaults.Keys.Order(), rows.Select(row => row[0]).Order());
        Assert.All(rows, row => Assert.True(Says(row[2], defaults[row[0]]), $"{row[0]}: the default is {defaults[row[0]]}, the page says {row[2]}"));
    }

    [Theory]
    [InlineData(nameof(GatewayOptions), "Gateway")]
    [InlineData(nameof(GatewayTelemetryOptions), "Telemetry")]
    public void The_page_names_each_option_by_the_key_that_sets_it(string type, string section) =>
        Assert.All(ReferencePage.Rows(type), row => Assert.Equal($"{section}:{row[0]}", row[1]));

    // A cell may add a word on what the default means: "none: the vendor's own".
    private static bool Says(string cell, string value) => cell == value || cell.StartsWith($"{value}:", StringComparison.Ordinal);

    private static string Show(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable list => list.Cast<object>().Any() ? "not empty" : "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

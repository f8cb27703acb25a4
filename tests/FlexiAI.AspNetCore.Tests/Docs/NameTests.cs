using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>The page knows every header, every environment variable, and every option of the command line.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void The_page_names_every_header_of_the_gateways_own() =>
        AssertNamed(ReferencePage.Sources("FlexiAI.AspNetCore").SelectMany(source => Headers().Matches(source.Code)), atLeast: 5);

    [Fact]
    public void The_page_names_every_header_of_a_provider_that_is_handed_on() =>
        AssertNamed(
            ReferencePage.Sources("FlexiAI")
                .Where(source => source.Code.Contains("\"x-ratelimit-\"", StringComparison.Ordinal))
                .SelectMany(source => Lists().Matches(source.Code))
                .SelectMany(list => Names().Matches(list.Value)),
            atLeast: 7);

    [Fact]
    public void The_page_names_every_environment_variable_of_FlexiAIs_own() =>
        AssertNamed(ReferencePage.Sources("FlexiAI.Cli").SelectMany(source => Variables().Matches(source.Code)), atLeast: 2);

    [Fact]
    public void The_page_lists_every_option_of_serve()
    {
        var code = ReferencePage.Sources("FlexiAI.Cli").Single(source => source.Name == "ServeCommand.cs").Code;
        var options = Options().Matches(code).Select(option => option.Groups["name"].Value).Concat(code.Contains("SharedOptions.Config()", StringComparison.Ordinal) ? ["--config"] : []);

        Assert.Equal(options.Order(StringComparer.Ordinal), ReferencePage.Rows("Command line").Select(row => row[0].Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    private static void AssertNamed(IEnumerable<Match> found, int atLeast)
    {
        var names = found.Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.True(names.Count >= atLeast, string.Join(", ", names));
        Assert.All(names, name => Assert.Contains($"`{name}", ReferencePage.Text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"""(?<name>x-[a-z-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Headers();

    [GeneratedRegex(@"string\[\] \w+ =\s*\[[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Lists();

    [GeneratedRegex(@"""(?<name>[a-z-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Names();

    [GeneratedRegex(@"""(?<name>FLEXIAI_[A-Z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Variables();

    [GeneratedRegex(@"new\(""(?<name>--[a-z-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Options();
}

using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>One sample of a scrape.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, string Value);

/// <summary>What <c>/metrics</c> said, read strictly by Prometheus' text format.</summary>
internal sealed partial record Scrape(IReadOnlyList<Sample> Samples)
{
    public static Scrape Read(string text) => new([.. text.Split('\n').Where(line => line.Length > 0 && !IsComment(line)).Select(ReadLine)]);

    public IEnumerable<Sample> Of(string name) => Samples.Where(sample => sample.Name == name);

    private static bool IsComment(string line) =>
        line.StartsWith("# HELP ", StringComparison.Ordinal)
        || line.StartsWith("# TYPE ", StringComparison.Ordinal)
        || line.StartsWith("# UNIT ", StringComparison.Ordinal)
        || line == "# EOF";

    private static Sample ReadLine(string line)
    {
        var match = Line().Match(line);
        Assert.True(match.Success, $"Not a line of the text format: {line}");
        var labels = match.Groups["name"].Captures.Zip(match.Groups["value"].Captures).ToDictionary(pair => pair.First.Value, pair => Unescape(pair.Second.Value));
        return new Sample(match.Groups["metric"].Value, labels, match.Groups["number"].Value);
    }

    private static string Unescape(string value) => Escape().Replace(value, match => match.Value switch { @"\n" => "\n", _ => match.Value[1..] });

    [GeneratedRegex("""^(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\["\\n])*)",?)*\})? (?<number>[-+0-9.eE]+|NaN|[-+]?Inf)( [0-9.]+)?( # .*)?$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Line();

    [GeneratedRegex("""\\["\\n]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Escape();
}

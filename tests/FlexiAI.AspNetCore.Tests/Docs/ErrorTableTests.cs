using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>The page lists every error that the gateway itself can answer with.</summary>
public sealed partial class ErrorTableTests
{
    private static readonly IReadOnlyList<(string Name, string Code)> Sources = [.. ReferencePage.Sources("FlexiAI.AspNetCore")];

    [Fact]
    public void The_page_lists_every_code_with_its_status()
    {
        var made = Sources.SelectMany(source => Errors().Matches(source.Code).Select(error => $"{error.Groups["status"].Value} {error.Groups["code"].Value}"));
        var chosen = Sources.Where(source => source.Name == "RelayErrors.cs")
            .SelectMany(source => Words().Matches(CodesByKind().Match(source.Code).Value))
            .Select(word => $"400 {word.Groups["code"].Value}");
        var answered = ReferencePage.Rows("Errors").Select(row => $"{row[0]} {row[1]}");
        var operators = Sources.Where(source => source.Name == "StatusProblem.cs")
            .SelectMany(source => OperatorErrors().Matches(source.Code))
            .Select(error => $"{(error.Groups["type"].Value == "not_found" ? 404 : 403)} {error.Groups["code"].Value}");

        Assert.Equal(made.Concat(chosen).Concat(operators).Distinct().Order(StringComparer.Ordinal), answered.Order(StringComparer.Ordinal));
    }

    /// <summary>One that is made in another way would be missed above.</summary>
    [Fact]
    public void Every_error_is_made_with_a_status_and_a_code_that_can_be_read_off()
    {
        var unread = Sources
            .Where(source => source.Name != "CallerWire.cs")
            .SelectMany(source => Makings().Matches(source.Code).Select(making => (source.Name, making.Index, source.Code)))
            .Where(making => Errors().Match(making.Code, making.Index) is not { Success: true } read || read.Index != making.Index)
            .Select(making => $"{making.Name}: {making.Code.AsSpan(making.Index, 49)}");

        Assert.Equal(["RelayErrors.cs: new WireError(StatusOf(fault), CodeOf(fault.Kind)"], unread);
    }

    [Fact]
    public void The_page_says_what_each_status_is_called_in_either_dialect()
    {
        foreach (var row in ReferencePage.Rows("Dialects"))
        {
            var error = new WireError(int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), "code", "message");

            Assert.Equal(row[1], TypeOf(OpenAICallerWire.Instance, error));
            Assert.Equal(row[2], TypeOf(AnthropicCallerWire.Instance, error));
        }

        var statuses = ReferencePage.Rows("Errors").Select(row => row[0]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(statuses, ReferencePage.Rows("Dialects").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    private static string? TypeOf(CallerWire wire, WireError error)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        wire.WriteError(body, error);
        using var json = System.Text.Json.JsonDocument.Parse(body.WrittenMemory);
        return json.RootElement.GetProperty("error").GetProperty("type").GetString();
    }

    [GeneratedRegex(@"new( WireError)?\(\s*(StatusCodes\.Status)?(?<status>[45]\d\d)\w*,\s*""(?<code>[a-z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"new WireError\(|new\(\s*StatusCodes\.Status[45]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Makings();

    [GeneratedRegex(@"string CodeOf\(.*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex CodesByKind();

    [GeneratedRegex(@"""(?<code>[a-z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Words();

    [GeneratedRegex(@"new StatusError\(\s*""(?<type>[a-z_]+)"",\s*""(?<code>[a-z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex OperatorErrors();
}

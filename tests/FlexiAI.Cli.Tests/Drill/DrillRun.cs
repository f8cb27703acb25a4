using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>A drill's JSON lines, read strictly: a property too many or too few is an error.</summary>
internal sealed record DrillRun(Ending Ending, IReadOnlyList<JsonElement> Lines)
{
    private static readonly string[] States = ["closed", "open", "half-open", "isolated"];

    public static async Task<DrillRun> StartAsync(string mode)
    {
        using var flexiai = new FlexiProcess();
        var ending = await flexiai.RunAsync("drill", "--json", "--fast", "--mode", mode);
        return new DrillRun(ending, [.. ending.Lines.Select(line => JsonElement.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false }))]);
    }

    public IReadOnlyList<JsonElement> Requests => [.. Lines.Where(line => Event(line) == "request")];

    public JsonElement Summary => Lines[^1];

    public static string Event(JsonElement line) => line.GetProperty("event").GetString()!;

    /// <summary>The request in one line: outcome, who answered, each attempt, the primary's circuit.</summary>
    public static string Describe(JsonElement request) =>
        $"{request.GetProperty("outcome")} {request.GetProperty("provider")}: {string.Join(", ", request.GetProperty("attempts").EnumerateArray().Select(DescribeAttempt))}; {request.GetProperty("circuits").GetProperty("openai")}";

    public static string DescribeTransition(JsonElement line) =>
        $"{line.GetProperty("circuit")} {line.GetProperty("from")} {line.GetProperty("to")} {line.GetProperty("cause")}";

    public void AssertShape()
    {
        Assert.All(Lines, (line, i) => Assert.Equal(i == Lines.Count - 1, Event(line) == "summary"));
        foreach (var line in Lines)
        {
            switch (Event(line))
            {
                case "request":
                    AssertProperties(line, "t", "event", "n", "outcome", "provider", "attempts", "circuits");
                    Assert.All(line.GetProperty("circuits").EnumerateObject(), circuit => Assert.Contains(circuit.Value.GetString(), States));
                    break;
                case "transition":
                    AssertProperties(line, "t", "event", "circuit", "from", "to", "cause");
                    break;
                default:
                    AssertProperties(line, "event", "requests", "succeeded", "failed", "recovered");
                    break;
            }
        }
    }

    private static string DescribeAttempt(JsonElement attempt)
    {
        var failed = attempt.GetProperty("outcome").GetString() == "failure";
        AssertProperties(attempt, failed ? ["provider", "outcome", "kind"] : ["provider", "outcome"]);
        return $"{attempt.GetProperty("provider")} {attempt.GetProperty("outcome")}{(failed ? $" {attempt.GetProperty("kind")}" : "")}";
    }

    private static void AssertProperties(JsonElement line, params string[] names) =>
        Assert.Equal(names, line.EnumerateObject().Select(property => property.Name));
}

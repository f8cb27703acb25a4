using System.Text.Json.Nodes;

namespace FlexiAI.Tests;

/// <summary>The server-sent events of a body.</summary>
internal static class Sse
{
    public static List<string> Data(string body) =>
        [.. body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..])];

    public static List<string> EventNames(string body) =>
        [.. body.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line["event: ".Length..])];

    public static List<JsonNode> Json(string body) => [.. Data(body).Where(data => data != "[DONE]").Select(data => JsonNode.Parse(data)!)];
}

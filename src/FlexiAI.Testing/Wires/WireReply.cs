using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>A reply in a vendor's own words: a body, or the frames of a stream.</summary>
internal sealed record WireReply(int Status)
{
    public JsonNode? Body { get; init; }

    public IReadOnlyList<Frame>? Frames { get; init; }

    /// <summary>The type of the frames.</summary>
    public string ContentType { get; init; } = "text/event-stream; charset=utf-8";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Tokens in a whole body, for its speed.</summary>
    public int Tokens { get; init; }

    public static WireReply Whole(JsonNode body, int tokens = 0) => new(200) { Body = body, Tokens = tokens };

    public static WireReply Stream(IEnumerable<Frame> frames) => new(200) { Frames = [.. frames] };

    public static WireReply Failed(int status, JsonNode body) => new(status) { Body = body };

    public WireReply WithHeader(string name, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(name, value)] };
}

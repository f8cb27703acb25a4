using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

internal enum FrameKind
{
    /// <summary>Comes before content and carries none: roles, pings.</summary>
    Head,

    /// <summary>Opens or closes a block of content.</summary>
    Block,

    /// <summary>One token of content.</summary>
    Token,

    /// <summary>Finish reason, usage.</summary>
    Tail,

    /// <summary>The terminator.</summary>
    Done,
}

/// <summary>One server-sent event of a streamed answer.</summary>
internal sealed record Frame(FrameKind Kind, string Text)
{
    public static Frame Data(FrameKind kind, JsonNode data) => new(kind, $"data: {WireJson.ToText(data)}\n\n");

    public static Frame Event(FrameKind kind, JsonObject data) =>
        new(kind, $"event: {(string?)data["type"]}\ndata: {WireJson.ToText(data)}\n\n");
}

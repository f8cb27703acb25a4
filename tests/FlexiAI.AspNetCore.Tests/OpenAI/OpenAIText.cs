using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What the wire reads and writes, as text.</summary>
internal static class OpenAIText
{
    public static WireChat Read(string body) => OpenAICallerWire.Instance.ReadChat(Encoding.UTF8.GetBytes(body));

    /// <summary>Reads a request whose conversation is fine, with more in it.</summary>
    public static WireChat ReadWith(string fields) => Read($$"""{"messages":[{"role":"user","content":"Hi"}],{{fields}}}""");

    public static string Written(Action<ArrayBufferWriter<byte>> write)
    {
        var body = new ArrayBufferWriter<byte>();
        write(body);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.WrittenSpan);
    }

    public static JsonNode Reply(ChatResponse response) =>
        JsonNode.Parse(Written(body => OpenAICallerWire.Instance.WriteReply(body, response, OpenAICallerServer.Answer)))!;

    public static JsonNode Reply(params AIContent[] contents) => Reply(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)));

    public static string Stream(bool includeUsage, WireStreamBegun? begun, params ChatResponseUpdate[] updates) => Written(body =>
    {
        var stream = OpenAICallerWire.Instance.BeginStream(new WireChat([], new ChatOptions(), includeUsage), OpenAICallerServer.Answer, begun);
        foreach (var update in updates)
        {
            stream.Write(body, update);
        }

        stream.End(body);
    });

    public static List<JsonNode> Chunks(string stream) =>
        [.. stream.Split("\n\n").Where(data => data.StartsWith("data: {", StringComparison.Ordinal)).Select(data => JsonNode.Parse(data["data: ".Length..])!)];

    public static ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, contents);
}

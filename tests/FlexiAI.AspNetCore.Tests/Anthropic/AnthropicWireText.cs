using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>The wire as text: what it reads and what it writes.</summary>
internal static class AnthropicWireText
{
    public static WireChat Read(string body) => AnthropicCallerWire.Instance.ReadChat(Encoding.UTF8.GetBytes(body));

    public static WireChat ReadMessages(string messages) => Read($$"""{"model":"m","max_tokens":10,"messages":{{messages}}}""");

    public static WireChat ReadWith(string fields) =>
        Read($$"""{"model":"m","max_tokens":10,"messages":[{"role":"user","content":"hi"}],{{fields}}}""");

    public static string Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.WrittenSpan);
    }

    public static JsonElement WrittenJson(Action<IBufferWriter<byte>> write) => JsonDocument.Parse(Written(write)).RootElement;

    /// <summary>The events of a stream, framing checked: name and data.</summary>
    public static List<(string Name, JsonElement Data)> Events(WireStreamBegun? begun, params AIContent[] contents) =>
        Events(begun, [.. contents.Select(content => new ChatResponseUpdate(ChatRole.Assistant, [content]))]);

    public static List<(string Name, JsonElement Data)> Events(WireStreamBegun? begun, IEnumerable<ChatResponseUpdate> updates) =>
        Split(Written(output =>
        {
            var stream = AnthropicCallerWire.Instance.BeginStream(ReadMessages("""[{"role":"user","content":"hi"}]"""), AnthropicTestServer.Answer, begun);
            foreach (var update in updates)
            {
                stream.Write(output, update);
            }

            stream.End(output);
        }));

    public static List<(string Name, JsonElement Data)> Split(string text)
    {
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        return [.. text[..^2].Split("\n\n").Select(frame =>
        {
            var lines = frame.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("event: ", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("data: ", lines[1], StringComparison.Ordinal);
            var data = JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement;
            Assert.Equal(lines[0]["event: ".Length..], data.GetProperty("type").GetString());
            return (data.GetProperty("type").GetString()!, data);
        })];
    }
}

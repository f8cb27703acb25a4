using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Frames server-sent events: each begins with its name, and its data repeats it as <c>type</c>. One writer serves a whole stream.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer owns nothing: the output is its caller's.")]
internal sealed class AnthropicEvents
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, AnthropicJson.Options);

    public Utf8JsonWriter Begin(IBufferWriter<byte> output, ReadOnlySpan<byte> name)
    {
        output.Write("event: "u8);
        output.Write(name);
        output.Write("\ndata: "u8);
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("type"u8, name);
        return _json;
    }

    /// <summary>Ends an event whose last value is an object that is still open.</summary>
    public void EndNested(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        End(output);
    }

    public void End(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }
}

using System.Text;
using System.Text.Json;

namespace FlexiAI.FaultWall;

/// <summary>Reads one reply of a wire by the wire alone, and takes note where it is not as the wire has it.</summary>
internal abstract class WireReader
{
    private readonly StringBuilder _text = new();
    private bool _ended;

    public string Text => _text.ToString();

    /// <summary>The wire's own word for why the answer ended.</summary>
    public string? Finish { get; private set; }

    public string? Model { get; protected set; }

    public long? InputTokens { get; protected set; }

    public long? OutputTokens { get; protected set; }

    /// <summary>The error, as the wire has it; null for none.</summary>
    public JsonElement? Error { get; private set; }

    /// <summary>What is wrong with it as a reply of its wire, first of all; null if nothing is.</summary>
    public string? Flaw { get; private set; }

    /// <summary>The word that means an answer that came to its own end.</summary>
    public abstract string WholeFinish { get; }

    public static WireReader For(WallCaller caller) => caller == WallCaller.Anthropic ? new AnthropicReader() : new OpenAIReader();

    public WireReader Read(Recording recording)
    {
        try
        {
            if (recording.ContentType == "text/event-stream")
            {
                ReadStream(recording.Text);
            }
            else
            {
                ReadWhole(recording);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Note($"what is not of the wire: {e.Message}");
        }

        // After an error it may: whoever passes over the error sees that then.
        NoteIf(recording.IsBroken && Error is null, "the connection breaks");
        return this;
    }

    protected abstract void ReadReply(JsonElement reply);

    protected abstract void ReadEvent(string? name, string data);

    protected void Add(string? text) => _text.Append(text);

    protected void Finishes(string? reason)
    {
        if (reason is not null)
        {
            NoteIf(Finish is not null, "two finish reasons");
            Finish = reason;
        }
    }

    protected void Ends() => _ended = true;

    protected void Fails(JsonElement error) => Error = error.Clone();

    protected void NoteIf(bool isFlaw, string flaw)
    {
        if (isFlaw)
        {
            Note(flaw);
        }
    }

    protected static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : null;

    protected static string? String(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private void Note(string flaw) => Flaw ??= flaw;

    private void ReadWhole(Recording recording)
    {
        NoteIf(recording.ContentType != "application/json", $"a reply of type {recording.ContentType}");
        using var document = JsonDocument.Parse(recording.Text);
        if (document.RootElement.TryGetProperty("error", out var error))
        {
            NoteIf(recording.Status < 400, $"an error with status {recording.Status}");
            Fails(error);
            return;
        }

        NoteIf(recording.Status != 200, $"an answer with status {recording.Status}");
        ReadReply(document.RootElement);
        NoteIf(Finish is null, "no finish reason");
    }

    private void ReadStream(string stream)
    {
        var text = stream.Replace("\r\n", "\n", StringComparison.Ordinal);
        NoteIf(!text.EndsWith("\n\n", StringComparison.Ordinal), "a stream that ends within an event");
        foreach (var lines in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n')))
        {
            if (Field(lines, "data") is { } data)
            {
                NoteIf(_ended || Error is not null, $"more after the end: {data}");
                ReadEvent(Field(lines, "event"), data);
            }
        }

        NoteIf(Error is null && !(_ended && Finish is not null), "a stream without its end");
        NoteIf(Error is not null && (_ended || Finish is not null), "an error in what ends as a whole answer does");
    }

    private static string? Field(string[] lines, string name)
    {
        var values = lines.Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..].TrimStart(' ')).ToList();
        return values.Count == 0 ? null : string.Join('\n', values);
    }
}

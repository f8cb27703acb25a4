using System.Text.Json;

namespace FlexiAI;

/// <summary>A field of a request, which knows its path for the errors that name it.</summary>
internal sealed class OpenAIField
{
    private const int ShownCharacters = 80;

    private readonly OpenAIField? _parent;
    private readonly string? _name;
    private readonly int _index;

    private OpenAIField(JsonElement value, OpenAIField? parent, string? name, int index)
    {
        Value = value;
        _parent = parent;
        _name = name;
        _index = index;
    }

    public JsonElement Value { get; }

    /// <summary>Such as <c>messages[0].role</c>; <c>body</c> for the whole.</summary>
    public string Path => (_parent, _name) switch
    {
        (null, _) => "body",
        (_, null) => $"{_parent.Path}[{_index}]",
        ({ _parent: null }, _) => _name,
        _ => $"{_parent.Path}.{_name}",
    };

    public static OpenAIField Root(JsonElement value) => new(value, null, null, 0);

    public OpenAIField Of(string name, JsonElement value) => new(value, this, name, 0);

    /// <summary>A property of this object; null where it is absent or null, which OpenAI's wire holds to be the same.</summary>
    public OpenAIField? Find(string name) =>
        Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Of(name, value) : null;

    public OpenAIField Need(string name) => Find(name)
        ?? throw new WireException(_parent is null ? name : $"{Path}.{name}", $"{(_parent is null ? name : $"{Path}.{name}")} is required.");

    public OpenAIField Object() => Value.ValueKind == JsonValueKind.Object ? this : throw Wrong("an object");

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a string");

    public string Name() => Text() is { Length: > 0 } name ? name : throw Wrong("a string that is not empty");

    public bool Bool() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    public float Number(float least, float most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && number >= least && number <= most
            ? (float)number
            : throw Wrong($"a number from {least} to {most}");

    /// <summary>A whole number; 1.0 is one, for some languages write every number so.</summary>
    public long Whole(long least, long most)
    {
        long? whole = Value.ValueKind != JsonValueKind.Number ? null
            : Value.TryGetInt64(out var exact) ? exact
            : Value.TryGetDouble(out var number) && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number ? (long)number
            : null;
        return whole >= least && whole <= most ? whole.Value : throw Wrong($"a whole number from {least} to {most}");
    }

    public IEnumerable<OpenAIField> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        return Value.EnumerateArray().Select((item, index) => new OpenAIField(item, this, null, index));
    }

    /// <summary>The value is not what it may be.</summary>
    /// <param name="allowed">What it may be.</param>
    public WireException Wrong(string allowed) => new(Path, $"{Path} is {Shown()}; it must be {allowed}.");

    /// <summary>The value is valid, but no provider of another wire could follow it.</summary>
    /// <param name="allowed">What it may be where another wire answers.</param>
    public WireException NotCarried(string allowed) => new(
        Path,
        $"{Path} is {Shown()}; the model's provider speaks another wire than OpenAI's, where {allowed}. It works with providers of OpenAI's wire.");

    private string Shown()
    {
        var raw = Value.GetRawText();
        return raw.Length <= ShownCharacters ? raw : string.Concat(raw.AsSpan(0, ShownCharacters), "…");
    }
}

using System.Globalization;
using System.Text.Json;

namespace FlexiAI;

/// <summary>A value of a request that knows where it stands, so that what is wrong with it can be told.</summary>
internal readonly struct AnthropicField(JsonElement value, string path)
{
    private const int LongestShown = 60;

    public JsonElement Value => value;

    public string Path => path;

    public bool IsText => value.ValueKind == JsonValueKind.String;

    /// <summary>The field of that name; null where it is absent or null. The value has to be an object.</summary>
    public AnthropicField? Find(string name) => value.ValueKind != JsonValueKind.Object
        ? throw Wrong("an object")
        : value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? new(found, Below(name)) : null;

    public AnthropicField Require(string name) => Find(name) ?? throw new WireException(Below(name), $"{Below(name)} is missing; it is required.");

    public string Text(string allowed = "a string") => IsText ? value.GetString()! : throw Wrong(allowed);

    public string NotEmpty() => Text() is { Length: > 0 } text ? text : throw Wrong("a string that is not empty");

    public bool Flag() => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    public int Integer(int least) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number, {least} and above"));

    /// <summary>A number from 0 to 1, which is what all of Anthropic's fractions are.</summary>
    public float Fraction() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number is >= 0 and <= 1 ? number : throw Wrong("0 to 1");

    /// <summary>An object that outlives the request's document.</summary>
    public JsonElement Object() => value.ValueKind == JsonValueKind.Object ? value.Clone() : throw Wrong("an object");

    public IEnumerable<AnthropicField> Items(string allowed = "an array")
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(allowed);
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            yield return new AnthropicField(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }
    }

    public WireException Wrong(string allowed) => new(path, $"{path} is {Shown()}; allowed: {allowed}.");

    /// <summary>The request asks for what is Anthropic's alone.</summary>
    public WireException OnlyAnthropic(string what) =>
        new(path, $"{path}: {what} cannot be carried over to a provider of another wire; it works with providers of Anthropic's wire.");

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string Shown() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String when value.GetString() is { } text => text.Length <= LongestShown ? $"\"{text}\"" : "a long string",
        JsonValueKind.Number when value.GetRawText() is { Length: > LongestShown } => "a long number",
        _ => value.GetRawText(),
    };
}

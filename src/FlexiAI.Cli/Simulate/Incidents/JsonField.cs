using System.Globalization;
using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary>A value in a JSON file, and the words for what is wrong with it: file, field, value, what is allowed.</summary>
internal readonly record struct JsonField(string File, string Path, JsonElement Value)
{
    private const int LongestShown = 60;

    /// <summary>The value of a property; null if there is none.</summary>
    public JsonField? Optional(string name) =>
        Value.TryGetProperty(name, out var value) ? new JsonField(File, PathOf(name), value) : null;

    /// <exception cref="InputException">There is none.</exception>
    public JsonField Required(string name, string allowed) =>
        Optional(name) ?? throw new InputException($"{File}: {PathOf(name)} is missing; allowed: {allowed}.");

    /// <summary>The properties by their names.</summary>
    public IEnumerable<(string Name, JsonField Field)> Properties()
    {
        var (file, path) = (File, Path);
        return AsKind(JsonValueKind.Object, "an object").EnumerateObject()
            .Select(property => (property.Name, new JsonField(file, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value)));
    }

    public IEnumerable<JsonField> Items()
    {
        var (file, path) = (File, Path);
        return AsKind(JsonValueKind.Array, "an array").EnumerateArray().Select((item, i) => new JsonField(file, FormattableString.Invariant($"{path}[{i}]"), item));
    }

    /// <exception cref="InputException">It is no object, or has a property of another name.</exception>
    public JsonField Object(params string[] known)
    {
        foreach (var (name, field) in Properties())
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new InputException($"{File}: {field.Path} is not known; allowed: {string.Join(", ", known)}.");
            }
        }

        return this;
    }

    public string Text() =>
        Value.ValueKind == JsonValueKind.String && Value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong("some text");

    public double Number(double least, double most, string allowed) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && number >= least && number <= most ? number : throw Wrong(allowed);

    public long Whole(long least, long most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number, {least:#,0} to {most:#,0}"));

    public TimeSpan Time(TimeSpan least, TimeSpan most) =>
        Value.ValueKind == JsonValueKind.String
        && TimeSpan.TryParseExact(Value.GetString(), "c", CultureInfo.InvariantCulture, out var time) && time >= least && time <= most
            ? time
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a time from \"{least}\" to \"{most}\""));

    public InputException Wrong(string allowed)
    {
        var raw = Value.GetRawText();
        return new InputException($"{File}: {Path} is {(raw.Length <= LongestShown ? raw : $"{raw[..LongestShown]}…")}; allowed: {allowed}.");
    }

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private JsonElement AsKind(JsonValueKind kind, string allowed) => Value.ValueKind == kind ? Value : throw Wrong(allowed);
}

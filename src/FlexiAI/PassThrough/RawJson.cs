using System.Buffers;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Reads the few fields of a reply that the engine goes by, in one pass and without a document.</summary>
internal static class RawJson
{
    /// <summary>Begins to read what must be an object.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Utf8JsonReader Object(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? reader : throw new JsonException("The reply is not a JSON object.");
    }

    /// <summary>Moves to the next property of an object, at its value; false at the object's end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next value, and says whether it is an object, which is then to be read; anything else is passed over.</summary>
    public static bool EntersObject(ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartObject);

    /// <summary>Moves to the next value, and says whether it is an array, which is then to be read; anything else is passed over.</summary>
    public static bool EntersArray(ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartArray);

    /// <summary>The next value as a text; null for anything else, which is passed over.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>The next value as a whole number; null for anything else.</summary>
    public static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            return number;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The next value's own text as it stands, null where it is the JSON null.</summary>
    public static string? Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return System.Text.Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
    }

    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Takes the next value in as text that is content, if it is one that is not empty.</summary>
    public static void Content(ref Utf8JsonReader reader, RawTally tally)
    {
        if (!IsText(ref reader))
        {
            return;
        }

        tally.HasContent = true;
        if (!tally.KeepsText)
        {
            return;
        }

        if (!reader.ValueIsEscaped)
        {
            tally.Add(reader.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        tally.Add(buffer.AsSpan(0, reader.CopyString(buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Moves to the next value, and says whether it is a text that is not empty; anything else is passed over.</summary>
    public static bool IsText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueSpan.Length > 0;
        }

        reader.Skip();
        return false;
    }

    /// <summary>Passes over the next value, and says whether it is an object or an array with something in it.</summary>
    public static bool IsFilled(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return false;
        }

        var depth = reader.CurrentDepth;
        reader.Read();
        var filled = reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
        while (reader.CurrentDepth > depth)
        {
            reader.Read();
        }

        return filled;
    }

    private static bool Enters(ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        if (reader.TokenType == start)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}

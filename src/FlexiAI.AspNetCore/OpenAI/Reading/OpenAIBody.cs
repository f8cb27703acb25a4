using System.Text.Json;
using System.Text.Unicode;

namespace FlexiAI;

/// <summary>Parses a body so that whatever is read of it later can be read.</summary>
internal static class OpenAIBody
{
    /// <exception cref="WireException">It is not valid JSON, or has text that is not valid Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        // The parser leaves the bytes within strings unchecked, and reading such a string later would throw.
        if (!Utf8.IsValid(body.Span))
        {
            throw new WireException(null, "The body is not valid UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new WireException(null, $"The body is not JSON, or nested deeper than 64 levels (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }

        try
        {
            // Half a character can only come as an escape, from \ud800 to \udfff.
            if (body.Span.IndexOf("\\ud"u8) >= 0 || body.Span.IndexOf("\\uD"u8) >= 0)
            {
                RefuseHalfCharacters(OpenAIField.Root(document.RootElement));
            }

            return document;
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    private static void RefuseHalfCharacters(OpenAIField field)
    {
        try
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.String:
                    _ = field.Value.GetString();
                    break;
                case JsonValueKind.Array:
                    foreach (var item in field.Items())
                    {
                        RefuseHalfCharacters(item);
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var property in field.Value.EnumerateObject())
                    {
                        RefuseHalfCharacters(field.Of(property.Name, property.Value));
                    }

                    break;
            }
        }
        catch (InvalidOperationException)
        {
            throw new WireException(field.Path, $"{field.Path} has half of a surrogate pair; text must be valid Unicode.");
        }
    }
}

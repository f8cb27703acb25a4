using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary>Where a file stops being JSON, as an editor counts: lines and columns from 1, columns in characters.</summary>
internal static class JsonPosition
{
    public static string Of(JsonException exception, ReadOnlySpan<byte> content)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var bytes = (int)(exception.BytePositionInLine ?? 0);
        for (var skipped = 0; skipped < line; skipped++)
        {
            content = content[(content.IndexOf((byte)'\n') + 1)..];
        }

        var column = Encoding.UTF8.GetCharCount(content[..Math.Min(bytes, content.Length)]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column}");
    }

    /// <summary>The parser's reason without its own idea of the place.</summary>
    public static string Reason(JsonException exception)
    {
        var place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? exception.Message : exception.Message[..place];
    }
}

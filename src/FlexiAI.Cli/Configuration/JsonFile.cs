using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary>A file that the user names, as JSON; comments and trailing commas are allowed.</summary>
internal static class JsonFile
{
    // What the configuration system itself accepts, but nothing twice: it would silently take the last.
    public static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <param name="option">The command line's option that names the file.</param>
    /// <param name="path">The file's path.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static byte[] Load(string option, string path)
    {
        try
        {
            // Without a byte order mark, which is not JSON.
            var content = File.ReadAllBytes(path);
            return content is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{option} is \"{path}\", which cannot be read ({e.Message.TrimEnd('.')}); allowed: the path of a JSON file.");
        }
    }

    /// <exception cref="InputException">It is not a JSON object.</exception>
    public static JsonElement Parse(string path, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Syntax);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new InputException($"{path}: line 1, column 1: the file holds a JSON {document.RootElement.ValueKind}; allowed: an object.");
        }
        catch (JsonException e)
        {
            if (content.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            {
                throw new InputException($"{path}: line 1, column 1: the file is empty; allowed: a JSON object.");
            }

            throw new InputException($"{path}: {JsonPosition.Of(e, content)}: not JSON: {JsonPosition.Reason(e)}");
        }
    }
}

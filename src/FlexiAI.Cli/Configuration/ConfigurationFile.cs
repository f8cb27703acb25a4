using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace FlexiAI.Cli;

/// <summary>Reads a configuration file: the options as the root object, or under the key <c>FlexiAI</c>.</summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "flexiai.json";
    private const string SectionName = "FlexiAI";

    // What the configuration system itself accepts, but nothing twice: it would silently take the last.
    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <exception cref="InputException">The file is not there, is not JSON, or says something that is not understood.</exception>
    public static FlexiOptions Read(string path)
    {
        var content = Load(path);
        CheckSyntax(path, content);
        try
        {
            IConfiguration root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(content)).Build();
            var section = root.GetSection(SectionName);
            var options = new FlexiOptions();
            FlexiConfiguration.Read(section.Exists() ? section : root, ProviderTypes.Create(), options);
            return options;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: {ConfigurationMessage.Of(e)}");
        }
    }

    private static byte[] Load(string path)
    {
        try
        {
            // Without a byte order mark, which is not JSON.
            var content = File.ReadAllBytes(path);
            return content is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"--config is \"{path}\", which cannot be read ({e.Message.TrimEnd('.')}); allowed: the path of a JSON file.");
        }
    }

    private static void CheckSyntax(string path, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Syntax);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InputException($"{path}: line 1, column 1: the file holds a JSON {document.RootElement.ValueKind}; allowed: an object.");
            }
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

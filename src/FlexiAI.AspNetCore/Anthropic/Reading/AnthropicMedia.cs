using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads images and documents.</summary>
internal static class AnthropicMedia
{
    private const string ImageTypes = "image/jpeg, image/png, image/gif, image/webp";

    public static AIContent Image(AnthropicField block)
    {
        var source = block.Require("source");
        return SourceType(source) switch
        {
            "base64" => Data(source, ImageTypes),
            "url" => Url(source.Require("url")),
            "file" => throw source.OnlyAnthropic("an uploaded file"),
            _ => throw source.Require("type").Wrong("base64, url"),
        };
    }

    public static IEnumerable<AIContent> Document(AnthropicField block)
    {
        if (block.Find("citations")?.Find("enabled")?.Flag() == true)
        {
            throw block.Require("citations").OnlyAnthropic("citing a document");
        }

        var source = block.Require("source");
        var title = block.Find("title")?.Text();
        IEnumerable<AIContent> content = SourceType(source) switch
        {
            "base64" => [Data(source, "application/pdf", title)],
            "text" => [new TextContent(source.Require("data").Text())],
            "content" => Content(source.Require("content")),
            "url" or "file" => throw source.OnlyAnthropic("a document by its address"),
            _ => throw source.Require("type").Wrong("base64, text, content"),
        };
        string?[] head = [title, block.Find("context")?.Text()];
        return [.. head.Where(text => !string.IsNullOrEmpty(text)).Select(text => new TextContent(text)), .. content];
    }

    private static IEnumerable<AIContent> Content(AnthropicField content) => content.IsText
        ? [new TextContent(content.Text())]
        : content.Items("a string or an array of text and image blocks").Select(block => AnthropicBlocks.TypeOf(block) switch
        {
            "image" => Image(block),
            _ => AnthropicBlocks.TextOnly(block),
        });

    private static string SourceType(AnthropicField source) => source.Require("type").Text();

    private static DataContent Data(AnthropicField source, string allowed, string? name = null)
    {
        var (type, data) = (source.Require("media_type"), source.Require("data"));
        if (!allowed.Split(", ").Contains(type.Text(), StringComparer.Ordinal))
        {
            throw type.Wrong(allowed);
        }

        _ = data.Text();
        return data.Value.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0
            ? new DataContent(bytes, type.Text()) { Name = name }
            : throw new WireException(data.Path, $"{data.Path} is not base64; allowed: {allowed} as base64.");
    }

    private static UriContent Url(AnthropicField url) =>
        Uri.TryCreate(url.Text(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? new UriContent(uri, TypeByName(uri.AbsolutePath))
            : throw url.Wrong("an address that begins with https:// or http://");

    // The request does not tell the type, and some providers want to know it.
    private static string TypeByName(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        _ => "image/*",
    };
}

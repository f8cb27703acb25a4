using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the parts of a message's content.</summary>
internal static class OpenAIPartReader
{
    /// <summary>A part of a system message or of a tool's result.</summary>
    public static AIContent Text(OpenAIField part)
    {
        var type = part.Need("type");
        return type.Text() == "text" ? Words(part) : throw type.Wrong("\"text\"");
    }

    public static AIContent Assistant(OpenAIField part)
    {
        var type = part.Need("type");
        return type.Text() switch
        {
            "text" => Words(part),

            // Other wires have no refusals apart from what the model said.
            "refusal" => new TextContent(part.Need("refusal").Text()),
            _ => throw type.Wrong("\"text\" or \"refusal\""),
        };
    }

    public static AIContent User(OpenAIField part)
    {
        var type = part.Need("type");
        return type.Text() switch
        {
            "text" => Words(part),
            "image_url" => Image(part.Need("image_url").Object()),
            "input_audio" => Audio(part.Need("input_audio").Object()),
            "file" => File(part.Need("file").Object()),
            _ => throw type.Wrong("\"text\", \"image_url\", \"input_audio\" or \"file\""),
        };
    }

    private static TextContent Words(OpenAIField part) => new(part.Need("text").Text());

    private static AIContent Image(OpenAIField image)
    {
        var url = image.Need("url");
        AIContent content = url.Text().StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? Data(url) : Link(url);
        if (image.Find("detail")?.Text() is { } detail)
        {
            content.AdditionalProperties = new AdditionalPropertiesDictionary { ["detail"] = detail };
        }

        return content;
    }

    private static UriContent Link(OpenAIField url) =>
        Uri.TryCreate(url.Text(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new UriContent(uri, ImageType(uri))
            : throw url.Wrong("an http or https URL, or a data URI with the image in base64");

    private static string ImageType(Uri uri) => Path.GetExtension(uri.AbsolutePath).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        _ => "image/*",
    };

    private static DataContent Audio(OpenAIField audio)
    {
        var format = audio.Need("format");
        var type = format.Text() switch
        {
            "wav" => "audio/wav",
            "mp3" => "audio/mpeg",
            _ => throw format.Wrong("\"wav\" or \"mp3\""),
        };
        var data = audio.Need("data");
        _ = data.Text();
        return data.Value.TryGetBytesFromBase64(out var bytes) ? new DataContent(bytes, type) : throw data.Wrong("base64");
    }

    private static DataContent File(OpenAIField file)
    {
        if (file.Find("file_id") is { } id)
        {
            throw id.NotCarried("files must come as file_data");
        }

        var content = Data(file.Need("file_data"));
        content.Name = file.Find("filename")?.Text();
        return content;
    }

    private static DataContent Data(OpenAIField uri)
    {
        try
        {
            return new DataContent(uri.Text());
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw uri.Wrong("a data URI such as \"data:image/png;base64,...\" with its media type and valid base64");
        }
    }
}

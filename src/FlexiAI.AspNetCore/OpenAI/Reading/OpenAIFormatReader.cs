using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads <c>response_format</c>.</summary>
internal static class OpenAIFormatReader
{
    public static ChatResponseFormat? Read(OpenAIField? format)
    {
        if (format is null)
        {
            return null;
        }

        var type = format.Object().Need("type");
        return type.Text() switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" => Schema(format.Need("json_schema").Object()),
            _ => throw type.Wrong("\"text\", \"json_object\" or \"json_schema\""),
        };
    }

    private static ChatResponseFormatJson Schema(OpenAIField format)
    {
        // Where another wire takes a schema it always holds to it, so "strict" says nothing there.
        _ = format.Find("strict")?.Bool();
        var name = format.Need("name").Name();
        var description = format.Find("description")?.Text();
        return format.Find("schema")?.Object() is { } schema
            ? ChatResponseFormat.ForJsonSchema(schema.Value.Clone(), name, description)
            : ChatResponseFormat.Json;
    }
}

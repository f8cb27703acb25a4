using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the schema that the answer is to follow.</summary>
internal static class AnthropicOutputFormat
{
    public static void Read(AnthropicField root, ChatOptions options)
    {
        // The beta's name for it came first and is still sent.
        if ((root.Find("output_config")?.Find("format") ?? root.Find("output_format")) is not { } format)
        {
            return;
        }

        var type = format.Require("type");
        options.ResponseFormat = type.Text("json_schema") == "json_schema"
            ? ChatResponseFormat.ForJsonSchema(format.Require("schema").Object())
            : throw type.Wrong("json_schema");
    }
}

using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads a tool call of an earlier turn.</summary>
internal static class OpenAICallReader
{
    public static FunctionCallContent Read(OpenAIField call)
    {
        var type = call.Find("type");
        if (type is not null && type.Text() != "function")
        {
            throw type.NotCarried("it must be \"function\"");
        }

        var function = call.Need("function").Object();

        // Arguments are the model's words. Where they are not JSON the call keeps the error, as with Microsoft.Extensions.AI's client for OpenAI.
        return FunctionCallContent.CreateFromParsedArguments(
            function.Find("arguments")?.Text() ?? "",
            call.Need("id").Name(),
            function.Need("name").Name(),
            Parse);
    }

    private static Dictionary<string, object?> Parse(string arguments)
    {
        var read = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(arguments))
        {
            // Some models write nothing for a function without parameters.
            return read;
        }

        using var document = OpenAIBody.Parse(Encoding.UTF8.GetBytes(arguments));
        foreach (var property in document.RootElement.EnumerateObject())
        {
            read[property.Name] = property.Value.ValueKind == JsonValueKind.Null ? null : property.Value.Clone();
        }

        return read;
    }
}

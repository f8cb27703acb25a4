using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes tools and how freely the model may use them. Kinds of tools that Google does not have are left out.</summary>
internal static class ToolWriter
{
    public static List<GeminiTool>? Tools(IList<AITool>? tools)
    {
        if (tools is null or { Count: 0 })
        {
            return null;
        }

        List<GeminiTool> written = [];
        var functions = tools.OfType<AIFunctionDeclaration>().Select(Declaration).ToList();
        if (functions.Count > 0)
        {
            written.Add(new GeminiTool { FunctionDeclarations = functions });
        }

        if (tools.Any(tool => tool is HostedWebSearchTool))
        {
            written.Add(new GeminiTool { GoogleSearch = new GeminiEmpty() });
        }

        if (tools.Any(tool => tool is HostedCodeInterpreterTool))
        {
            written.Add(new GeminiTool { CodeExecution = new GeminiEmpty() });
        }

        return written.Count > 0 ? written : null;
    }

    public static GeminiToolConfig? Config(ChatOptions? options)
    {
        var mode = options?.ToolMode;
        if (mode is null || options!.Tools?.OfType<AIFunctionDeclaration>().Any() != true)
        {
            return null;
        }

        return new GeminiToolConfig
        {
            FunctionCallingConfig = mode switch
            {
                NoneChatToolMode => new GeminiFunctionCallingConfig { Mode = "NONE" },
                RequiredChatToolMode { RequiredFunctionName: { } name } =>
                    new GeminiFunctionCallingConfig { Mode = "ANY", AllowedFunctionNames = [name] },
                RequiredChatToolMode => new GeminiFunctionCallingConfig { Mode = "ANY" },
                _ => new GeminiFunctionCallingConfig { Mode = "AUTO" },
            },
        };
    }

    private static GeminiFunctionDeclaration Declaration(AIFunctionDeclaration function) => new()
    {
        Name = function.Name,
        Description = string.IsNullOrEmpty(function.Description) ? null : function.Description,
        ParametersJsonSchema = HasParameters(function.JsonSchema) ? function.JsonSchema : null,
    };

    // A schema of an object without properties is refused; no schema means no parameters.
    private static bool HasParameters(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && !(schema.TryGetProperty("properties", out var properties) && !properties.EnumerateObject().Any());
}

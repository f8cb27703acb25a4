using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayJson = FlexiAI.StatusJson;

namespace FlexiAI.Cli;

/// <summary>Reads what a gateway tells. Unlike the gateway, which only writes it, this takes nothing for granted.</summary>
internal static class RemoteJson
{
    private static readonly GatewayJson Strict = new(new JsonSerializerOptions(GatewayJson.Default.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    public static GatewayJson Types => Strict;

    /// <returns>Null where it is something else.</returns>
    public static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

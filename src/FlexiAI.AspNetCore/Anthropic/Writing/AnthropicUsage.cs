using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes usage as Anthropic counts it: input tokens without those of the cache.</summary>
internal static class AnthropicUsage
{
    // The name under which Anthropic's client for Microsoft.Extensions.AI counts them.
    private const string CacheCreation = "CacheCreationInputTokens";

    /// <summary>Writes the property; what is not known is 0, since callers' SDKs demand a number.</summary>
    public static void Write(Utf8JsonWriter json, UsageDetails? usage)
    {
        var read = usage?.CachedInputTokenCount ?? 0;
        var created = usage?.AdditionalCounts?.TryGetValue(CacheCreation, out var count) == true ? count : 0;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", Math.Max(0, (usage?.InputTokenCount ?? 0) - read - created));
        json.WriteNumber("cache_creation_input_tokens", created);
        json.WriteNumber("cache_read_input_tokens", read);
        json.WriteNumber("output_tokens", usage?.OutputTokenCount ?? 0);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the tokens that a reply tells, in whichever wire's words.</summary>
internal static class RawUsage
{
    /// <summary>Reads a usage object of any of the wires into what was told before.</summary>
    public static UsageDetails? Read(ref Utf8JsonReader reader, UsageDetails? told)
    {
        if (!RawJson.EntersObject(ref reader))
        {
            return told;
        }

        var usage = told ?? new UsageDetails();
        long? input = null;
        long? cacheRead = null;
        long? cacheWritten = null;
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
            {
                input = RawJson.Number(ref reader);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
            {
                usage.OutputTokenCount = RawJson.Number(ref reader) ?? usage.OutputTokenCount;
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                usage.TotalTokenCount = RawJson.Number(ref reader) ?? usage.TotalTokenCount;
            }
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
            {
                cacheRead = RawJson.Number(ref reader);
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                cacheWritten = RawJson.Number(ref reader);
            }
            else
            {
                Details(ref reader, usage);
            }
        }

        // Anthropic counts what went to and came from its cache apart; elsewhere neither field is there.
        usage.InputTokenCount = input is null ? usage.InputTokenCount : input + (cacheRead ?? 0) + (cacheWritten ?? 0);
        usage.CachedInputTokenCount = cacheRead ?? usage.CachedInputTokenCount;
        return usage;
    }

    private static void Details(ref Utf8JsonReader reader, UsageDetails usage)
    {
        if (!RawJson.EntersObject(ref reader))
        {
            return;
        }

        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("cached_tokens"u8))
            {
                usage.CachedInputTokenCount = RawJson.Number(ref reader) ?? usage.CachedInputTokenCount;
            }
            else if (reader.ValueTextEquals("reasoning_tokens"u8))
            {
                usage.ReasoningTokenCount = RawJson.Number(ref reader) ?? usage.ReasoningTokenCount;
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }
    }
}

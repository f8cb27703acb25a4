using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What replies and chunks have in common.</summary>
internal static class OpenAIJson
{
    /// <summary>Writes as few escapes as OpenAI does; half of a surrogate pair becomes U+FFFD.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The arguments of a call as JSON.</summary>
    public static ReadOnlyMemory<byte> Arguments(FunctionCallContent call)
    {
        // Arguments that the provider wrote wrongly must not pass for a call without any: what stays wrong here is seen by the caller.
        if (call.Exception is not null)
        {
            return default;
        }

        if (call.Arguments is null)
        {
            return "{}"u8.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Plain);
        JsonSerializer.Serialize(json, call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>OpenAI's word for why an answer ended.</summary>
    public static ReadOnlySpan<byte> FinishReason(ChatFinishReason? reason, bool hasCalls) => reason?.Value switch
    {
        "length" or "max_tokens" or "model_context_window_exceeded" => "length"u8,
        "content_filter" or "refusal" => "content_filter"u8,
        _ => hasCalls ? "tool_calls"u8 : "stop"u8,
    };

    /// <summary>Writes <c>usage</c> with what is known; nothing where nothing is, for a zero would be a claim.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (!IsKnown(usage))
        {
            return;
        }

        json.WriteStartObject("usage"u8);
        WriteCount(json, "prompt_tokens"u8, usage!.InputTokenCount);
        WriteCount(json, "completion_tokens"u8, usage.OutputTokenCount);
        WriteCount(json, "total_tokens"u8, usage.TotalTokenCount ?? usage.InputTokenCount + usage.OutputTokenCount);
        WriteDetail(json, "prompt_tokens_details"u8, "cached_tokens"u8, usage.CachedInputTokenCount);
        WriteDetail(json, "completion_tokens_details"u8, "reasoning_tokens"u8, usage.ReasoningTokenCount);
        json.WriteEndObject();
    }

    public static bool IsKnown(UsageDetails? usage) => (usage?.InputTokenCount ?? usage?.OutputTokenCount ?? usage?.TotalTokenCount) is not null;

    private static void WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? count)
    {
        if (count is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void WriteDetail(Utf8JsonWriter json, ReadOnlySpan<byte> group, ReadOnlySpan<byte> name, long? count)
    {
        if (count is { } known)
        {
            json.WriteStartObject(group);
            json.WriteNumber(name, known);
            json.WriteEndObject();
        }
    }
}

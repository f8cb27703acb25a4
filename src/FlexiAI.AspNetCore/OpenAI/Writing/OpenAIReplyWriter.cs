using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes a whole reply as a <c>chat.completion</c>.</summary>
internal static class OpenAIReplyWriter
{
    public static void Write(IBufferWriter<byte> output, ChatResponse response, WireAnswer answer)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().Where(call => !call.InformationalOnly).ToList();
        using var json = new Utf8JsonWriter(output, OpenAIJson.Plain);
        json.WriteStartObject();
        json.WriteString("id"u8, $"chatcmpl-{answer.Id}");
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, answer.Created.ToUnixTimeSeconds());
        json.WriteString("model"u8, answer.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        WriteMessage(json, contents, calls);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, OpenAIJson.FinishReason(response.FinishReason, calls.Count > 0));
        json.WriteEndObject();
        json.WriteEndArray();
        OpenAIJson.WriteUsage(json, response.Usage);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, List<AIContent> contents, List<FunctionCallContent> calls)
    {
        var text = string.Concat(contents.OfType<TextContent>().Select(content => content.Text));
        var reasoning = string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text));
        var refusal = string.Concat(contents.OfType<ErrorContent>().Where(IsRefusal).Select(content => content.Message));
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, text.Length > 0 || (calls.Count == 0 && refusal.Length == 0) ? text : null);
        json.WriteString("refusal"u8, refusal.Length > 0 ? refusal : null);
        if (reasoning.Length > 0)
        {
            // OpenAI's own API keeps reasoning to itself; this is the name that the servers compatible with it use.
            json.WriteString("reasoning_content"u8, reasoning);
        }

        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (var call in calls)
            {
                WriteCall(json, call);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static bool IsRefusal(ErrorContent error) => error.ErrorCode == "Refusal";

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, call.CallId);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, OpenAIJson.Arguments(call).Span);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes a streamed reply as <c>chat.completion.chunk</c> events.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A JSON writer over a buffer that is not its own holds nothing to let go of.")]
internal sealed class OpenAIStream : WireStream
{
    private readonly bool _includeUsage;
    private readonly string _id;
    private readonly long _created;
    private readonly string _model;
    private readonly UsageDetails _usage = new();
    private Utf8JsonWriter? _json;
    private ChatFinishReason? _finish;
    private bool _begun;
    private int _calls;

    public OpenAIStream(bool includeUsage, WireAnswer answer, WireStreamBegun? begun)
    {
        _includeUsage = includeUsage;
        _id = begun?.Id ?? $"chatcmpl-{answer.Id}";
        _created = begun?.Created ?? answer.Created.ToUnixTimeSeconds();
        _model = answer.Model;
        _begun = begun is not null;
        if (begun?.Usage is { } usage)
        {
            _usage.Add(usage);
        }
    }

    public override void Write(IBufferWriter<byte> output, ChatResponseUpdate update)
    {
        _finish = update.FinishReason ?? _finish;
        var contents = update.Contents;
        for (var index = 0; index < contents.Count; index++)
        {
            switch (contents[index])
            {
                case TextContent { Text.Length: > 0 } text:
                    WriteDelta(output, "content"u8, text.Text);
                    break;
                case TextReasoningContent { Text.Length: > 0 } reasoning:
                    WriteDelta(output, "reasoning_content"u8, reasoning.Text);
                    break;
                case ErrorContent { ErrorCode: "Refusal", Message.Length: > 0 } refusal:
                    WriteDelta(output, "refusal"u8, refusal.Message);
                    break;
                case FunctionCallContent { InformationalOnly: false } call:
                    WriteCall(output, call);
                    break;
                case UsageContent usage:
                    _usage.Add(usage.Details);
                    break;
            }
        }
    }

    public override void End(IBufferWriter<byte> output)
    {
        EnsureBegun(output);
        var json = BeginChunk(output);
        EndChoice(json, OpenAIJson.FinishReason(_finish, _calls > 0));
        EndChunk(json, output);
        if (_includeUsage && OpenAIJson.IsKnown(_usage))
        {
            json = BeginEvent(output);
            json.WriteEndArray();
            OpenAIJson.WriteUsage(json, _usage);
            EndEvent(json, output);
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    private void WriteDelta(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string text)
    {
        EnsureBegun(output);
        var json = BeginChunk(output);
        json.WriteString(name, text);
        EndChoice(json);
        EndChunk(json, output);
    }

    // The call arrives whole. OpenAI's clients expect its name first and its arguments to follow.
    private void WriteCall(IBufferWriter<byte> output, FunctionCallContent call)
    {
        EnsureBegun(output);
        var json = BeginChunk(output);
        BeginCall(json);
        json.WriteString("id"u8, call.CallId);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, ""u8);
        EndCall(json, output);

        json = BeginChunk(output);
        BeginCall(json);
        json.WriteStartObject("function"u8);
        json.WriteString("arguments"u8, OpenAIJson.Arguments(call).Span);
        EndCall(json, output);
        _calls++;
    }

    private void BeginCall(Utf8JsonWriter json)
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, _calls);
    }

    private void EndCall(Utf8JsonWriter json, IBufferWriter<byte> output)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        EndChoice(json);
        EndChunk(json, output);
    }

    private void EnsureBegun(IBufferWriter<byte> output)
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        var json = BeginChunk(output);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, ""u8);
        json.WriteNull("refusal"u8);
        EndChoice(json);
        EndChunk(json, output);
    }

    private Utf8JsonWriter BeginChunk(IBufferWriter<byte> output)
    {
        var json = BeginEvent(output);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        return json;
    }

    private static void EndChoice(Utf8JsonWriter json, ReadOnlySpan<byte> finish = default)
    {
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        if (finish.IsEmpty)
        {
            json.WriteNull("finish_reason"u8);
        }
        else
        {
            json.WriteString("finish_reason"u8, finish);
        }

        json.WriteEndObject();
    }

    private void EndChunk(Utf8JsonWriter json, IBufferWriter<byte> output)
    {
        json.WriteEndArray();
        if (_includeUsage)
        {
            json.WriteNull("usage"u8);
        }

        EndEvent(json, output);
    }

    private Utf8JsonWriter BeginEvent(IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        var json = _json ??= new Utf8JsonWriter(output, OpenAIJson.Plain);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, _created);
        json.WriteString("model"u8, _model);
        json.WriteStartArray("choices"u8);
        return json;
    }

    private static void EndEvent(Utf8JsonWriter json, IBufferWriter<byte> output)
    {
        json.WriteEndObject();
        json.Flush();
        output.Write("\n\n"u8);
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Chat completions, and the older text completions, of OpenAI's wire.</summary>
internal sealed class OpenAIChatDialect : RawDialect
{
    private static readonly byte[] DoneEvent = "data: [DONE]\n\n"u8.ToArray();

    public override ReadOnlyMemory<byte> EndMark => DoneEvent;

    public override void ReadEvent(ReadOnlySpan<byte> data, RawTally tally)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            tally.HasEnded = true;
            return;
        }

        ReadReply(data, tally);
    }

    public override void ReadReply(ReadOnlySpan<byte> body, RawTally tally)
    {
        var reader = RawJson.Object(body);
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                ReadChoices(ref reader, tally);
            }
            else if (tally.Id is null && reader.ValueTextEquals("id"u8))
            {
                tally.Id = RawJson.Text(ref reader);
            }
            else if (tally.Model is null && reader.ValueTextEquals("model"u8))
            {
                tally.Model = RawJson.Text(ref reader);
            }
            else if (tally.Created is null && reader.ValueTextEquals("created"u8))
            {
                tally.Created = RawJson.Number(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                tally.Usage = RawUsage.Read(ref reader, tally.Usage);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                PlainDialect.ThrowIfError(RawJson.Raw(ref reader, body));
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        // Anything after the object is no JSON.
        reader.Read();
    }

    private static void ReadChoices(ref Utf8JsonReader reader, RawTally tally)
    {
        if (!RawJson.EntersArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref reader, tally);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, RawTally tally)
    {
        var index = 0;
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                ReadMessage(ref reader, tally);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                RawJson.Content(ref reader, tally);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                if (RawJson.IsText(ref reader))
                {
                    tally.Finish(Reason(ref reader));
                }
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                index = (int)Math.Clamp(RawJson.Number(ref reader) ?? 0, 0, 1_000);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        tally.Choice(index);
        tally.IsText &= index == 0;
    }

    private static void ReadMessage(ref Utf8JsonReader reader, RawTally tally)
    {
        if (!RawJson.EntersObject(ref reader))
        {
            return;
        }

        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("content"u8))
            {
                RawJson.Content(ref reader, tally);
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                tally.HasContent |= RawJson.IsText(ref reader);
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                Other(RawJson.IsText(ref reader), tally);
            }
            else if (reader.ValueTextEquals("tool_calls"u8) || reader.ValueTextEquals("function_call"u8) || reader.ValueTextEquals("audio"u8))
            {
                Other(RawJson.IsFilled(ref reader), tally);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }
    }

    private static void Other(bool told, RawTally tally)
    {
        tally.HasContent |= told;
        tally.IsText &= !told;
    }

    private static ChatFinishReason Reason(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stop"u8) ? ChatFinishReason.Stop
        : reader.ValueTextEquals("length"u8) ? ChatFinishReason.Length
        : reader.ValueTextEquals("tool_calls"u8) || reader.ValueTextEquals("function_call"u8) ? ChatFinishReason.ToolCalls
        : reader.ValueTextEquals("content_filter"u8) ? ChatFinishReason.ContentFilter

        // OpenRouter's and DeepSeek's way to say that the server failed.
        : reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("insufficient_system_resource"u8)
            ? throw new AnswerException(FailureKind.ServerError, "The answer's finish reason says that the server failed.")
        : new ChatFinishReason(reader.GetString()!);
}

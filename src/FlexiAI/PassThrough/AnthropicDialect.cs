using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Messages of Anthropic's wire.</summary>
internal sealed class AnthropicDialect : RawDialect
{
    private static readonly byte[] StopEvent = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8.ToArray();

    public override ReadOnlyMemory<byte> EndMark => StopEvent;

    public override void ReadEvent(ReadOnlySpan<byte> data, RawTally tally)
    {
        var reader = RawJson.Object(data);
        var (isError, isStop) = (false, false);
        string? error = null;
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isError = reader.ValueTextEquals("error"u8);
                isStop |= reader.ValueTextEquals("message_stop"u8);
                if (reader.ValueTextEquals("content_block_stop"u8))
                {
                    tally.OpenBlock = null;
                }
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                if (RawJson.EntersObject(ref reader))
                {
                    ReadMessageFields(ref reader, data, tally);
                }
            }
            else if (reader.ValueTextEquals("content_block"u8))
            {
                if (RawJson.EntersObject(ref reader))
                {
                    ReadBlockFields(ref reader, tally, begins: true);
                }
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                ReadDelta(ref reader, tally);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                tally.Usage = RawUsage.Read(ref reader, tally.Usage);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                error = RawJson.Raw(ref reader, data);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        reader.Read();
        tally.HasEnded |= isStop;
        if (isError || error is not null)
        {
            PlainDialect.ThrowIfError(error ?? "{}");
        }
    }

    public override void ReadReply(ReadOnlySpan<byte> body, RawTally tally)
    {
        var reader = RawJson.Object(body);
        ReadMessageFields(ref reader, body, tally);
        reader.Read();
    }

    private static void ReadMessageFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RawTally tally)
    {
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                tally.Id = RawJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                tally.Model = RawJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                tally.Usage = RawUsage.Read(ref reader, tally.Usage);
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                ReadStopReason(ref reader, tally);
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                ReadContent(ref reader, tally);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                PlainDialect.ThrowIfError(RawJson.Raw(ref reader, json));
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }
    }

    private static void ReadContent(ref Utf8JsonReader reader, RawTally tally)
    {
        if (!RawJson.EntersArray(ref reader))
        {
            return;
        }

        // Each block is read as if it began and ended at once.
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadBlockFields(ref reader, tally, begins: false);
        }
    }

    private static void ReadBlockFields(ref Utf8JsonReader reader, RawTally tally, bool begins)
    {
        string? type = null;
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = RawJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                RawJson.Content(ref reader, tally);
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                tally.HasContent |= RawJson.IsText(ref reader);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        if (type is not ("text" or "thinking"))
        {
            (tally.HasContent, tally.IsText) = (true, false);
        }

        if (begins)
        {
            tally.Blocks++;
            tally.OpenBlock = type;
        }
    }

    private static void ReadDelta(ref Utf8JsonReader reader, RawTally tally)
    {
        if (!RawJson.EntersObject(ref reader))
        {
            return;
        }

        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("text"u8))
            {
                RawJson.Content(ref reader, tally);
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                tally.HasContent |= RawJson.IsText(ref reader);
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                ReadStopReason(ref reader, tally);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }
    }

    private static void ReadStopReason(ref Utf8JsonReader reader, RawTally tally)
    {
        if (RawJson.IsText(ref reader))
        {
            tally.Finish(
                reader.ValueTextEquals("max_tokens"u8) ? ChatFinishReason.Length
                : reader.ValueTextEquals("tool_use"u8) ? ChatFinishReason.ToolCalls
                : reader.ValueTextEquals("refusal"u8) ? ChatFinishReason.ContentFilter
                : ChatFinishReason.Stop);
        }
    }
}

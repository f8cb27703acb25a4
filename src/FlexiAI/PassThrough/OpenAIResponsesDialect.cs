using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Responses of OpenAI's wire: one object, or events that each name their type.</summary>
internal sealed class OpenAIResponsesDialect : RawDialect
{
    public override void ReadEvent(ReadOnlySpan<byte> data, RawTally tally)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            tally.HasEnded = true;
            return;
        }

        var reader = RawJson.Object(data);
        var (isError, isEnd) = (false, false);
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                var type = RawJson.Text(ref reader) ?? "";
                isError = type is "error";
                isEnd = type is "response.completed" or "response.incomplete";
                tally.HasContent |= type.EndsWith(".delta", StringComparison.Ordinal) || type is "response.output_item.done";
            }
            else if (reader.ValueTextEquals("response"u8))
            {
                if (RawJson.EntersObject(ref reader))
                {
                    ReadFields(ref reader, data, tally);
                }
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        reader.Read();
        tally.IsText = false;
        if (isError)
        {
            // The event is the error itself: message and code stand beside its type.
            PlainDialect.ThrowIfError(System.Text.Encoding.UTF8.GetString(data));
        }

        if (isEnd)
        {
            tally.HasContent = tally.HasEnded = true;
            tally.Finish(ChatFinishReason.Stop);
        }
    }

    public override void ReadReply(ReadOnlySpan<byte> body, RawTally tally)
    {
        var reader = RawJson.Object(body);
        ReadFields(ref reader, body, tally);
        reader.Read();
    }

    public override void Check(RawTally tally, bool requiresFinishReason)
    {
        if (!tally.HasContent && !tally.IsPending)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply has no output.");
        }
    }

    private static void ReadFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RawTally tally)
    {
        var isBackground = false;
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("output"u8))
            {
                tally.HasContent |= RawJson.IsFilled(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                isBackground = RawJson.Text(ref reader) is "queued" or "in_progress" or "incomplete";
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                tally.Model = RawJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                tally.Usage = RawUsage.Read(ref reader, tally.Usage);
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

        // Work that goes on behind the answer has nothing to show yet; only a whole reply says so, as each stream begins that way.
        tally.IsPending |= isBackground;
    }
}

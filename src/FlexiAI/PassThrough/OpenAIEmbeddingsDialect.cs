namespace FlexiAI;

/// <summary>Embeddings of OpenAI's wire.</summary>
internal sealed class OpenAIEmbeddingsDialect : RawDialect
{
    public override void ReadEvent(ReadOnlySpan<byte> data, RawTally tally) => ReadReply(data, tally);

    public override void ReadReply(ReadOnlySpan<byte> body, RawTally tally)
    {
        var reader = RawJson.Object(body);
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("data"u8))
            {
                tally.HasContent |= RawJson.IsFilled(ref reader);
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
                PlainDialect.ThrowIfError(RawJson.Raw(ref reader, body));
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        reader.Read();
    }

    public override bool FinishesStreams => false;

    public override void Check(RawTally tally, bool requiresFinishReason)
    {
        if (!tally.HasContent)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply has no embeddings.");
        }
    }
}

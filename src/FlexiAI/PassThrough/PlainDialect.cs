using System.Text.Json;

namespace FlexiAI;

/// <summary>Endpoints of which the engine knows no more than how an error looks: images, moderations, speech and others.</summary>
internal sealed class PlainDialect : RawDialect
{
    public override bool TakesAnyType => true;

    /// <exception cref="RawErrorException">There is an error.</exception>
    public static void ThrowIfError(string? error)
    {
        // Some servers send "error": null, or an empty text, with every good reply.
        if (error is not (null or "\"\""))
        {
            throw new RawErrorException(200, $$"""{"error":{{error}}}""");
        }
    }

    public override void ReadEvent(ReadOnlySpan<byte> data, RawTally tally)
    {
        tally.HasContent = true;
        if (data.Length > 0 && data[0] == '{')
        {
            ReadReply(data, tally);
            if (IsErrorEvent(data))
            {
                // As responses have it: the event is the error itself.
                ThrowIfError(System.Text.Encoding.UTF8.GetString(data));
            }
        }
    }

    public override void ReadReply(ReadOnlySpan<byte> body, RawTally tally)
    {
        tally.HasContent = true;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            return;
        }

        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("error"u8))
            {
                ThrowIfError(RawJson.Raw(ref reader, body));
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                tally.Usage = RawUsage.Read(ref reader, tally.Usage);
            }
            else
            {
                RawJson.Skip(ref reader);
            }
        }

        reader.Read();
    }

    // Where the answer ends, only the connection says.
    public override bool FinishesStreams => false;

    public override bool IsWhole(RawTally tally) => false;

    public override void Check(RawTally tally, bool requiresFinishReason)
    {
    }

    private static bool IsErrorEvent(ReadOnlySpan<byte> json)
    {
        var reader = RawJson.Object(json);
        while (RawJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                return RawJson.IsText(ref reader) && reader.ValueTextEquals("error"u8);
            }

            RawJson.Skip(ref reader);
        }

        return false;
    }
}

namespace FlexiAI;

/// <summary>Reads what replies of one kind of endpoint tell: content, errors, the finish reason, usage.</summary>
internal abstract class RawDialect
{
    /// <summary>Takes in one event of a stream.</summary>
    /// <exception cref="RawErrorException">It is an error.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not what the wire says.</exception>
    public abstract void ReadEvent(ReadOnlySpan<byte> data, RawTally tally);

    /// <summary>Takes in a whole reply. Whether it is an answer, <see cref="Check"/> says.</summary>
    /// <exception cref="RawErrorException">It is an error.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not what the wire says.</exception>
    public abstract void ReadReply(ReadOnlySpan<byte> body, RawTally tally);

    /// <summary>Whether success may be of any media type.</summary>
    public virtual bool TakesAnyType => false;

    /// <summary>What a stream that is whole is closed with where its end mark never came; empty for nothing.</summary>
    public virtual ReadOnlyMemory<byte> EndMark => default;

    /// <summary>Whether a stream that ends without having said so is cut off.</summary>
    public virtual bool FinishesStreams => true;

    /// <summary>Whether a stream may be given up as whole though it has not ended: nothing but its end mark is missing.</summary>
    public virtual bool IsWhole(RawTally tally) => tally.IsFinished;

    /// <summary>Tells an answer from a success with nothing in it, or one that is cut off.</summary>
    /// <exception cref="AnswerException">It is none.</exception>
    public virtual void Check(RawTally tally, bool requiresFinishReason)
    {
        if (!tally.HasContent)
        {
            AnswerCheck.ThrowIfEmpty(tally.FinishReason, error: null);
        }

        AnswerCheck.ThrowIfUnfinished(tally.IsFinished ? tally.FinishReason : null, requiresFinishReason);
    }
}

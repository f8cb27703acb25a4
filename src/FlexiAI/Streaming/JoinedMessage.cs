using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Makes one message of the parts that several providers tell: one id, every word once, and all tokens.</summary>
internal sealed class JoinedMessage
{
    private string? _messageId;
    private string? _responseId;

    // Of parts that broke off before their client could tell them.
    private UsageDetails? _untold;

    /// <summary>A part broke off.</summary>
    /// <param name="part">The part.</param>
    /// <param name="usage">Its tokens as far as they are known.</param>
    public void BreakOff(OpenStream part, UsageDetails? usage)
    {
        if (part.Overlap is null)
        {
            _messageId = part.Held.Find(static update => update.MessageId is not null)?.MessageId;
            _responseId = part.Held.Find(static update => update.ResponseId is not null)?.ResponseId;
        }

        if (part.Tally.ToldUsage is null && usage is not null)
        {
            (_untold ??= new UsageDetails()).Add(usage);
        }
    }

    /// <summary>A part broke off that no client told.</summary>
    /// <param name="usage">Its tokens as far as they are known.</param>
    public void BreakOff(UsageDetails? usage) => _untold = usage;

    /// <summary>An update of a part that takes the message up as the caller is to have it, or null if nothing of it is new.</summary>
    /// <exception cref="StreamDivergedException">It tells something else than what was received.</exception>
    public ChatResponseUpdate? Join(ChatResponseUpdate told, Overlap overlap)
    {
        if (overlap.NewOf(told) is not { } update)
        {
            return null;
        }

        if (_untold is not null)
        {
            update = update.Clone();
            (update.Contents, _untold) = ([.. update.Contents, new UsageContent(_untold)], null);
        }

        (update.MessageId, update.ResponseId) = (_messageId, _responseId);
        return update;
    }
}

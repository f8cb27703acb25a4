using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// Leaves out of a stream what the caller has already received from the one that it takes up, so that every word arrives once.
/// </summary>
/// <param name="given">The part of the received text that the provider was given to go on from.</param>
/// <param name="repeated">The part that it is to repeat first.</param>
internal sealed class Overlap(string given, string repeated)
{
    private int _position;
    private bool _goesOn;

    /// <summary>Whether all that was received has been repeated: what comes now is new.</summary>
    public bool IsPassed => _position == repeated.Length;

    /// <summary>All text that the caller has.</summary>
    /// <param name="told">The text of this stream so far.</param>
    public string TextSoFar(string told) => IsPassed ? given + told : given + repeated;

    /// <summary>What of an update is new to the caller: itself, a copy that holds the rest of it, or null for nothing.</summary>
    /// <exception cref="StreamDivergedException">The stream tells something else than what was received.</exception>
    public ChatResponseUpdate? NewOf(ChatResponseUpdate update)
    {
        if (_goesOn)
        {
            return update;
        }

        List<AIContent> left = [.. update.Contents.Select(NewOf).OfType<AIContent>()];
        ThrowUnlessPassed(isEnd: update.FinishReason is not null);
        if (left.Count == 0 && update.FinishReason is null)
        {
            return null;
        }

        if (left.SequenceEqual(update.Contents))
        {
            return update;
        }

        var rest = update.Clone();
        (rest.Contents, rest.RawRepresentation) = (left, null);
        return rest;
    }

    /// <summary>Whether a stream that says nothing more is a whole answer: it was given everything to go on from.</summary>
    public bool MayBeEmpty => given.Length > 0;

    /// <summary>At its end a stream has repeated everything, but for white space that it was not given.</summary>
    /// <exception cref="StreamDivergedException">It is shorter than what was received.</exception>
    public void ThrowUnlessPassed(bool isEnd = true)
    {
        if (isEnd && !IsPassed && !MayBeEmpty)
        {
            throw new StreamDivergedException();
        }
    }

    private AIContent? NewOf(AIContent content)
    {
        switch (content)
        {
            case UsageContent or ErrorContent:
                return content;
            case TextContent text when !IsPassed:
                return Repeat(text.Text) is { Length: > 0 } rest ? new TextContent(rest) { AdditionalProperties = text.AdditionalProperties } : null;
            case TextContent { Text.Length: > 0 }:
                _goesOn = true;
                return content;
            case TextReasoningContent or TextContent:
                // The thinking that led to words which the caller has.
                return null;
            default:
                // A tool call or an image.
                ThrowUnlessPassed();
                _goesOn = true;
                return content;
        }
    }

    private string Repeat(string told)
    {
        var same = told.AsSpan().CommonPrefixLength(repeated.AsSpan(_position));
        _position += same;
        if (same < told.Length && !IsPassed)
        {
            throw new StreamDivergedException();
        }

        _goesOn = same < told.Length;
        return told[same..];
    }
}

/// <summary>A stream that takes another one up tells something else than what the caller has received.</summary>
internal sealed class StreamDivergedException : Exception;

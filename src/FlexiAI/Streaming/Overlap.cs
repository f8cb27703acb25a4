using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// Leaves out of a stream what the caller has already received from the one that it takes up, so that every word arrives once.
/// </summary>
/// <param name="given">The part of the received text that the provider was given to go on from.</param>
/// <param name="repeated">The part that it is to repeat first.</param>
internal sealed class Overlap(string given, string repeated)
{
    // As many equal characters are no coincidence: the provider was given the text, but answers anew.
    private const int Recognizable = 32;

    private readonly string _received = given + repeated;
    private string _given = given;
    private string _repeated = repeated;
    private string _unsure = "";
    private bool _mayBeginAnew = given.Length >= Recognizable;
    private int _position;
    private bool _goesOn;

    /// <summary>Whether all that was received has been repeated: what comes now is new.</summary>
    public bool IsPassed => !_mayBeginAnew && _position == _repeated.Length;

    /// <summary>Whether a stream that says nothing more is a whole answer: it was given everything to go on from.</summary>
    public bool MayBeEmpty => _given.Length > 0;

    /// <summary>All text that the caller has.</summary>
    /// <param name="told">The text of this stream so far.</param>
    public string TextSoFar(string told) => IsPassed ? _given + told : _received;

    /// <summary>What of an update is new to the caller: itself, a copy that holds the rest of it, or null for nothing.</summary>
    /// <exception cref="StreamDivergedException">The stream tells something else than what was received.</exception>
    public ChatResponseUpdate? NewOf(ChatResponseUpdate update)
    {
        if (_goesOn)
        {
            return update;
        }

        List<AIContent> left = [.. update.Contents.SelectMany(NewOf)];
        if (update.FinishReason is not null)
        {
            left.AddRange(End());
        }

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

    /// <summary>The stream says nothing more: what was held back, if anything.</summary>
    /// <exception cref="StreamDivergedException">It is shorter than what was received.</exception>
    public IEnumerable<AIContent> End()
    {
        var last = Repeat("", isEnd: true);
        return IsPassed || MayBeEmpty ? last : throw new StreamDivergedException();
    }

    private IEnumerable<AIContent> NewOf(AIContent content)
    {
        switch (content)
        {
            case UsageContent or ErrorContent:
                return [content];
            case TextContent text when !IsPassed:
                return Repeat(text.Text);
            case TextContent { Text.Length: > 0 }:
                _goesOn = true;
                return [content];
            case TextReasoningContent or TextContent:
                // The thinking that led to words which the caller has.
                return [];
            default:
                // A tool call or an image.
                var before = End();
                _goesOn = true;
                return [.. before, content];
        }
    }

    private AIContent[] Repeat(string told, bool isEnd = false)
    {
        if (_mayBeginAnew)
        {
            (told, _unsure) = (_unsure + told, "");
            var begun = told.AsSpan().CommonPrefixLength(_received);
            if (begun == told.Length && begun < Recognizable && !isEnd)
            {
                _unsure = told;
                return [];
            }

            _mayBeginAnew = false;
            (_given, _repeated) = begun < Recognizable ? (_given, _repeated) : ("", _received);
        }

        var same = told.AsSpan().CommonPrefixLength(_repeated.AsSpan(_position));
        _position += same;
        if (same == told.Length)
        {
            return [];
        }

        _goesOn = IsPassed ? true : throw new StreamDivergedException();
        return [new TextContent(told[same..])];
    }
}

/// <summary>A stream that takes another one up tells something else than what the caller has received.</summary>
internal sealed class StreamDivergedException : Exception;

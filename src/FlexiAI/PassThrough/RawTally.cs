using System.Buffers;
using System.Text;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a reply that passes through has told so far, read beside its bytes.</summary>
/// <param name="keepsText">Whether the text is kept, which only a stream that may be taken up needs.</param>
internal sealed class RawTally(bool keepsText = false) : IDisposable
{
    // Whoever takes up a stream is sent what there is of it. A longer one ends where it breaks off.
    private const int LongestText = 4 * 1024 * 1024;

    private byte[] _text = [];
    private int _length;
    private int _choices;
    private int _finishedChoices;

    public string? Id { get; set; }

    public string? Model { get; set; }

    public long? Created { get; set; }

    /// <summary>Whether anything came that reaches a person or a program as output.</summary>
    public bool HasContent { get; set; }

    /// <summary>Whether it has told text and thinking alone, so that another provider can take it up.</summary>
    public bool IsText { get; set; } = true;

    /// <summary>Whether the answer is whole: every part of it has its finish reason.</summary>
    public bool IsFinished => FinishReason is not null && _finishedChoices >= _choices;

    public ChatFinishReason? FinishReason { get; private set; }

    /// <summary>Whether the wire's own end mark has come.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether the provider goes on with the work behind a reply that has nothing to show yet.</summary>
    public bool IsPending { get; set; }

    public UsageDetails? Usage { get; set; }

    /// <summary>Anthropic's content blocks begun so far.</summary>
    public int Blocks { get; set; }

    /// <summary>The type of the content block that has begun and not ended.</summary>
    public string? OpenBlock { get; set; }

    /// <summary>The text so far.</summary>
    public string Text => Encoding.UTF8.GetString(_text, 0, _length);

    /// <summary>One of several answers that are told at once.</summary>
    public void Choice(int index) => _choices = Math.Max(_choices, index + 1);

    public void Finish(ChatFinishReason reason)
    {
        FinishReason = reason;
        _finishedChoices++;
    }

    /// <summary>Takes in text that is content.</summary>
    /// <param name="utf8">The text, unescaped.</param>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (!keepsText || !IsText)
        {
            return;
        }

        if (utf8.Length > LongestText - _length)
        {
            IsText = false;
            Dispose();
            return;
        }

        if (utf8.Length > _text.Length - _length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(512, 2 * (_length + utf8.Length)));
            _text.AsSpan(0, _length).CopyTo(larger);
            Release();
            _text = larger;
        }

        utf8.CopyTo(_text.AsSpan(_length));
        _length += utf8.Length;
    }

    public bool KeepsText => keepsText;

    public void Dispose()
    {
        _length = 0;
        Release();
    }

    private void Release()
    {
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = [];
        }
    }
}

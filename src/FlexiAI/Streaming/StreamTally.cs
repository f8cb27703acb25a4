using System.Buffers;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a stream has told so far: its text, its usage, its finish reason.</summary>
internal sealed class StreamTally(ProviderOptions entry) : IDisposable
{
    private char[] _text = [];
    private int _length;
    private ChatResponseUpdate? _first;
    private ChatResponseUpdate? _last;

    /// <summary>The text so far; empty after <see cref="Dispose"/>.</summary>
    public string Text => new(_text, 0, _length);

    /// <summary>The tokens that the caller has been told.</summary>
    public UsageDetails? ToldUsage { get; private set; }

    public ChatFinishReason? FinishReason { get; private set; }

    /// <summary>The first error that the provider told within the stream.</summary>
    public ErrorContent? Error { get; private set; }

    /// <summary>The model that says it answers.</summary>
    public string? Model { get; private set; }

    /// <summary>The provider's name for the answer.</summary>
    public string? Id { get; private set; }

    /// <summary>Whether it has told text and thinking alone, so that another stream can take it up.</summary>
    public bool IsText { get; private set; } = true;

    /// <summary>
    /// Whether the answer is whole, though the stream may not have ended. One with tool calls never is: clients put them together at the end.
    /// </summary>
    public bool IsWhole => IsText && FinishReason is { } finish && finish != ChatFinishReason.ToolCalls;

    /// <summary>The tokens as far as they are known; reading them costs more than the told ones.</summary>
    public UsageDetails? ReadUsage() => ToldUsage ?? (_first is null ? null : entry.ReadUsage(_first, _last!));

    /// <summary>Takes an update in, and says whether it holds content.</summary>
    public bool Add(ChatResponseUpdate update)
    {
        var hasContent = false;
        _first ??= update;
        _last = update;
        FinishReason = update.FinishReason ?? FinishReason;
        (Model, Id) = (update.ModelId ?? Model, update.ResponseId ?? Id);
        var contents = update.Contents;
        for (var i = 0; i < contents.Count; i++)
        {
            var content = contents[i];
            Error ??= content as ErrorContent;
            hasContent |= AnswerCheck.IsContent(content);
            if (content is TextContent text)
            {
                Append(text.Text);
            }
            else if (content is UsageContent usage)
            {
                (ToldUsage ??= new UsageDetails()).Add(usage.Details);
            }
            else if (content is not (TextReasoningContent or ErrorContent))
            {
                IsText = false;
            }
        }

        // Clients hand a tool call out when it is whole: begun, it is no content yet, but nobody else can go on with it either.
        IsText &= contents.Count > 0 || !entry.BeginsToolCall(update);
        return hasContent;
    }

    /// <summary>Gives the text's memory back. Nothing is added after that.</summary>
    public void Dispose()
    {
        _length = 0;
        Replace([]);
    }

    private void Append(string text)
    {
        if (text.Length > _text.Length - _length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(256, 2 * (_length + text.Length)));
            _text.AsSpan(0, _length).CopyTo(larger);
            Replace(larger);
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Replace(char[] text)
    {
        if (_text.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_text);
        }

        _text = text;
    }
}

using System.Text;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a stream has told so far: its text, its usage, its finish reason.</summary>
internal sealed class StreamTally
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public UsageDetails? Usage { get; private set; }

    public ChatFinishReason? FinishReason { get; private set; }

    /// <summary>The first error that the provider told within the stream.</summary>
    public ErrorContent? Error { get; private set; }

    /// <summary>Takes an update in, and says whether it holds content.</summary>
    public bool Add(ChatResponseUpdate update)
    {
        var hasContent = false;
        FinishReason = update.FinishReason ?? FinishReason;
        foreach (var content in update.Contents)
        {
            Error ??= content as ErrorContent;
            hasContent |= AnswerCheck.IsContent(content);
            if (content is TextContent text)
            {
                _text.Append(text.Text);
            }
            else if (content is UsageContent usage)
            {
                (Usage ??= new UsageDetails()).Add(usage.Details);
            }
        }

        return hasContent;
    }
}

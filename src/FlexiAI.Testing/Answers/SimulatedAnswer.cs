namespace FlexiAI.Testing;

/// <summary>What a simulated model answers. A <see cref="string"/> converts to an answer of that text.</summary>
public sealed record SimulatedAnswer
{
    /// <summary>The text. Default: empty. Streams send it word by word.</summary>
    public string Text { get; init; } = "";

    /// <summary>The reasoning shown before the text, in the wire's own form. Default: none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The tools that the model wants called, after the text. Default: none.</summary>
    public IReadOnlyList<SimulatedToolCall> ToolCalls { get; init; } = [];

    /// <summary>Why the answer ends. Default: <see cref="SimulatedFinish.ToolCalls"/> when there are some, else <see cref="SimulatedFinish.Stop"/>.</summary>
    public SimulatedFinish? Finish { get; init; }

    /// <summary>Input tokens in the usage. Default: counted from the prompt, a token a word.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache, part of the input. Default: 0.</summary>
    public int CachedInputTokens { get; init; }

    /// <summary>Output tokens in the usage. Default: counted from the answer, a token a word.</summary>
    public int? OutputTokens { get; init; }

    internal SimulatedFinish EffectiveFinish => Finish ?? (ToolCalls.Count > 0 ? SimulatedFinish.ToolCalls : SimulatedFinish.Stop);

    /// <summary>An answer of this text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The answer.</returns>
    public static SimulatedAnswer FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SimulatedAnswer { Text = text };
    }

    /// <summary>An answer of this text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator SimulatedAnswer(string text) => FromString(text);
}

namespace FlexiAI;

/// <summary>Keeps characters whole that a provider's stream cuts in two: the first half waits for the second.</summary>
internal struct AnthropicPieces
{
    private char? _half;

    /// <summary>What can be sent once this piece is there.</summary>
    public string Take(string piece)
    {
        if (piece.Length == 0)
        {
            return piece;
        }

        var text = _half is { } half ? half + piece : piece;
        _half = char.IsHighSurrogate(text[^1]) ? text[^1] : null;
        return _half is null ? text : text[..^1];
    }

    /// <summary>What is left at the end: a half whose other half never came, or nothing.</summary>
    public string Rest()
    {
        var rest = _half is null ? "" : "\uFFFD";
        _half = null;
        return rest;
    }
}

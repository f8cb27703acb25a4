namespace FlexiAI.Testing;

/// <summary>Cuts text into pieces like a model's tokens: each word with the white space before it. The pieces joined are the text.</summary>
internal static class Tokens
{
    private const int PieceOfJson = 8;

    public static int Count(string? text) => string.IsNullOrEmpty(text) ? 0 : Split(text).Count;

    public static List<string> Split(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1]))
            {
                tokens.Add(text[start..i]);
                start = i;
            }
        }

        if (start < text.Length)
        {
            tokens.Add(text[start..]);
        }

        return tokens;
    }

    /// <summary>Cuts a tool's arguments without regard to words, so that a piece alone is no valid JSON, as on the real wires.</summary>
    public static IEnumerable<string> SplitArguments(string json) => json.Chunk(PieceOfJson).Select(piece => new string(piece));

    public static int Input(SimulatedRequest request, SimulatedAnswer answer) =>
        answer.InputTokens ?? Math.Max(1, request.Messages.Sum(message => Count(message.Text)));

    public static int Output(SimulatedAnswer answer) =>
        answer.OutputTokens ?? Count(answer.Text) + Count(answer.Reasoning) + answer.ToolCalls.Sum(call => SplitArguments(call.ArgumentsJson).Count());
}
